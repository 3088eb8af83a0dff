import type { Shell } from '../arguments/completion.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';

const scripts: Readonly<Record<Shell, string>> = {
  bash: `# bash completion of mainsheet
_mainsheet() {
  local IFS=$'\\n'
  COMPREPLY=($(mainsheet complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _mainsheet mainsheet
`,
  zsh: `#compdef mainsheet
_mainsheet() {
  local -a proposals
  proposals=("\${(@f)$(mainsheet complete --with-briefs "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  proposals=("\${(@)proposals//:/\\\\:}")
  proposals=("\${(@)proposals/$'\\t'/:}")
  if (( \${#proposals} )) && [[ -n \${proposals[1]} ]]; then
    _describe 'mainsheet' proposals
  else
    _files
  fi
}
compdef _mainsheet mainsheet
`,
  fish: `# fish completion of mainsheet
function __mainsheet_complete
  set -l words (commandline -opc)[2..] (commandline -ct)
  mainsheet complete --with-briefs $words 2>/dev/null
end
complete -c mainsheet -a '(__mainsheet_complete)'
`,
};

export async function completion(context: CliContext, _flags: Readonly<Record<never, never>>, shell: Shell): Promise<ExitCode> {
  context.process.stdout.write(scripts[shell]);
  return exitCode.done;
}
