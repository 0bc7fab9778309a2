/** Shells there is a script for. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

/**
 * Every script asks the program itself, which knows its options, for what may stand at the cursor. The answer is one candidate a line, a tab and
 * its description, and at last `:0` when file names fit as well or `:4` when they do not: the protocol of cobra, so that kubectl can ask as well
 * (https://github.com/spf13/cobra/blob/v1.9.1/completions.go).
 */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: `# gwmigrate completion for bash. Load it with: source <(gwmigrate completion bash)
_gwmigrate() {
  local cur=\${COMP_WORDS[COMP_CWORD]} out line
  COMPREPLY=()
  out=$(gwmigrate __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null) || return
  while IFS= read -r line; do
    case $line in
      :0) [[ \${#COMPREPLY[@]} -eq 0 ]] && compopt -o default 2>/dev/null || while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "\${cur#=}") ;;
      :*) ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done <<< "$out"
}
complete -F _gwmigrate gwmigrate
`,
  zsh: `#compdef gwmigrate
# gwmigrate completion for zsh. Load it with: source <(gwmigrate completion zsh)
_gwmigrate() {
  local out line directive
  local -a lines values
  out=$(gwmigrate __complete "\${(@)words[2,CURRENT]}" 2>/dev/null) || return 1
  lines=("\${(@f)out}")
  directive=\${lines[-1]}
  for line in "\${(@)lines[1,-2]}"; do
    values+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  (( $#values )) && _describe -o gwmigrate values
  if [[ $directive == :0 ]]; then
    compset -P '*='
    _files
  fi
}
if [[ $funcstack[1] == _gwmigrate ]]; then _gwmigrate "$@"; else compdef _gwmigrate gwmigrate; fi
`,
  fish: `# gwmigrate completion for fish. Load it with: gwmigrate completion fish | source
function __gwmigrate_complete
    set -l current (commandline -ct)
    set -l words (commandline -opc)
    set -l out (gwmigrate __complete $words[2..-1] "$current" 2>/dev/null)
    for line in $out
        switch $line
            case ':0'
                __fish_complete_path "$current"
            case ':*'
            case '*'
                echo $line
        end
    end
end
complete -c gwmigrate -f -a '(__gwmigrate_complete)'
`,
  powershell: `# gwmigrate completion for PowerShell. Load it with: gwmigrate completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName gwmigrate -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
    # Empty arguments get lost on their way to a program: a blank stands for one.
    if ($wordToComplete -eq '') { $words += ' ' }
    $lines = @(gwmigrate __complete @words 2>$null)
    if ($lines.Count -eq 0) { return }
    $lines | Where-Object { $_ -notmatch '^:\\d+$' } | ForEach-Object {
        $value, $description = $_ -split "\\t", 2
        if (-not $description) { $description = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
    }
}
`,
};
