/** Handlebars' tree as far as the language of templates goes; every other type is refused by its name. */
export interface TemplateNode {
  readonly type: string;
  readonly loc: { readonly start: NodePosition; readonly end: NodePosition };
}

/** Lines from 1, columns from 0, as Handlebars counts. */
interface NodePosition {
  readonly line: number;
  readonly column: number;
}

export interface PathNode extends TemplateNode {
  /** `@name` */
  readonly data: boolean;
  /** How many `../` it starts with. */
  readonly depth: number;
  readonly parts: readonly string[];
  readonly original: string;
}

/** What names something and may carry arguments. */
export interface CallNode extends TemplateNode {
  readonly path: PathNode;
  readonly params: readonly PathNode[];
  readonly hash?: TemplateNode | undefined;
}

export interface MustacheNode extends CallNode {
  readonly escaped: boolean;
}

export interface BlockNode extends CallNode {
  readonly program?: ProgramNode | undefined;
  readonly inverse?: ProgramNode | undefined;
}

export interface PartialNode extends CallNode {
  readonly name: PathNode;
}

export interface ProgramNode extends TemplateNode {
  readonly body: readonly TemplateNode[];
  readonly blockParams?: readonly string[] | undefined;
}

export function isMustache(node: TemplateNode): node is MustacheNode {
  return node.type === 'MustacheStatement';
}

export function isBlock(node: TemplateNode): node is BlockNode {
  return node.type === 'BlockStatement';
}

export function isPartial(node: TemplateNode): node is PartialNode {
  return node.type === 'PartialStatement';
}
