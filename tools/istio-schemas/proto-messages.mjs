/**
 * Reads just enough of Istio's `.proto` files to name things: which message a field holds, and in which order
 * a message declares its fields. CRDs carry the shapes but neither the message names nor the order.
 */

/** @typedef {{ name: string, type: string, scope: string }} Field */
/** @typedef {{ name: string, fields: Map<string, Field> }} Message */

const TOKEN = /"(?:[^"\\]|\\.)*"|[A-Za-z_][\w.]*|[{}[\]<>();,=]|\S/g;

/**
 * All messages of the given proto texts, by full name (`istio.networking.v1alpha3.Headers.HeaderOperations`).
 * @param {readonly string[]} texts
 * @returns {Map<string, Message>}
 */
export function readProtoMessages(texts) {
  const messages = new Map();
  for (const text of texts) readFile(text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ''), messages);
  return messages;
}

function readFile(text, messages) {
  const tokens = text.match(TOKEN) ?? [];
  let at = 0;
  const next = () => tokens[at++];
  const skipStatement = () => {
    while (at < tokens.length && tokens[at] !== ';') at++;
    at++;
  };
  const skipBlock = () => {
    for (let depth = 0; at < tokens.length; ) {
      const token = next();
      if (token === '{') depth++;
      if (token === '}' && --depth === 0) return;
    }
  };
  const readField = (message, scope) => {
    let type = next();
    if (type === 'repeated' || type === 'optional') type = next();
    if (type === 'map') {
      at += 3; // < key ,
      type = next();
      at += 1; // >
    }
    const name = jsonName(next());
    message.fields.set(name, { name, type, scope });
    skipStatement();
  };
  const readMessage = (scope) => {
    const name = `${scope}.${next()}`;
    const message = { name, fields: new Map() };
    messages.set(name, message);
    at += 1; // {
    readBody(message, name);
  };
  const readBody = (message, scope) => {
    for (;;) {
      const token = tokens[at];
      if (token === '}' || token === undefined) {
        at++;
        return;
      }
      if (token === ';') at++;
      else if (token === 'message') {
        at++;
        readMessage(scope);
      } else if (token === 'enum') skipBlock();
      else if (token === 'oneof') {
        at += 3; // oneof name {
        readBody(message, scope);
      } else if (token === 'option' || token === 'reserved' || token === 'extensions') skipStatement();
      else readField(message, scope);
    }
  };
  let scope = '';
  while (at < tokens.length) {
    const token = next();
    if (token === 'package') {
      scope = next();
      skipStatement();
    } else if (token === 'message') readMessage(scope);
    else if (token === 'enum' || token === 'service') skipBlock();
    else if (token !== ';') skipStatement();
  }
}

/** Protobuf's rule for JSON names: the letter after an underscore is upper-cased. */
const jsonName = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/**
 * The full name of the type of a field, by protobuf's scoping rule: innermost scope first, then outwards.
 * @param {Map<string, Message>} messages
 */
export function resolveType(messages, field) {
  for (let scope = field.scope; scope !== ''; scope = scope.replace(/\.?[^.]*$/, '')) {
    if (messages.has(`${scope}.${field.type}`)) return `${scope}.${field.type}`;
  }
  return field.type;
}
