using System.Text;

namespace RtpProxy.Ctl.Completion;

/// <summary>For bash: a function that fills COMPREPLY.</summary>
internal static class BashScript
{
    public static string Write(IReadOnlyList<CompletedOption> shared, IReadOnlyList<CompletedVerb> verbs)
    {
        var script = new StringBuilder();
        script.Append(
            $$"""
            # bash completion for rtpproxyctl; made by: rtpproxyctl completion bash
            _rtpproxyctl() {
                local typed=${COMP_LINE:0:COMP_POINT} word current previous verb='' i candidate
                local -a line sockets=() candidates=()
                COMPREPLY=()
                # By blanks: bash itself ends words at colons and at signs too, of which sockets and Call-IDs have some.
                read -ra line <<< "$typed"
                [[ $typed == *[[:space:]] ]] && line+=('')
                current=${line[${#line[@]}-1]}
                previous=${line[${#line[@]}-2]}
                for ((i = 1; i < ${#line[@]} - 1; i++)); do
                    word=${line[i]}
                    case $word in
                        {{AllNames(shared, "--socket")}}|{{AllNames(shared, "--admin")}}) sockets+=("$word" "${line[i+1]}"); ((i++)) ;;
                        {{string.Join('|', verbs.Select(verb => verb.Name))}}) [[ -n $verb ]] || verb=$word ;;
                    esac
                done
                case $previous in

            """);
        foreach (CompletedOption option in shared.Concat(verbs.SelectMany(verb => verb.Options))
            .Where(option => option.Value != CompletedValue.None).DistinctBy(option => option.Names[0]))
        {
            string names = string.Join('|', option.Names);
            string action = option.Value switch
            {
                CompletedValue.Socket => $"compopt -o nospace 2>/dev/null; _rtpproxyctl_socket {string.Join(' ', option.Values)}",
                CompletedValue.File => "_rtpproxyctl_files ''",
                _ => $"candidates=({string.Join(' ', option.Values)})",
            };
            script.Append($"        {names}) {action}; _rtpproxyctl_offer; return ;;\n");
        }

        script.Append($"    esac\n    candidates=({Names(shared)})\n    case $verb in\n");
        script.Append($"        '') candidates+=({string.Join(' ', verbs.Select(verb => verb.Name))}) ;;\n");
        foreach (CompletedVerb verb in verbs)
        {
            string calls = verb.TakesCall ? "; [[ $current == -* ]] || _rtpproxyctl_calls" : "";
            script.Append($"        {verb.Name}) candidates+=({string.Join(' ', [Names(verb.Options), .. verb.Words])}){calls} ;;\n");
        }

        script.Append(
            $$"""
                esac
                _rtpproxyctl_offer
            }
            # What begins as what was typed. Bash puts in what stands behind the last character that ends a word for it.
            _rtpproxyctl_offer() {
                local before=${current%"${COMP_WORDS[COMP_CWORD]}"}
                [[ ${COMP_WORDS[COMP_CWORD]} == [:@=] ]] && before=$current
                for candidate in "${candidates[@]}"; do
                    if [[ $candidate == "$current"* ]]; then
                        candidate=${candidate#"$before"}
                        [[ $candidate == *[!A-Za-z0-9_./:@%+,=-]* ]] && printf -v candidate %q "$candidate"
                        COMPREPLY+=("$candidate")
                    fi
                done
            }
            _rtpproxyctl_files() {
                local path
                while IFS= read -r path; do candidates+=("$1$path"); done < <(compgen -f -- "${current#"$1"}")
            }
            _rtpproxyctl_socket() {
                local scheme
                candidates=("$@")
                for scheme in "$@"; do
                    [[ $scheme == *nix: && $current == "$scheme"* ]] && _rtpproxyctl_files "$scheme"
                done
                [[ $current == /* || $current == ./* ]] && _rtpproxyctl_files ''
            }
            _rtpproxyctl_calls() {
                local call
                while IFS= read -r call; do candidates+=("$call"); done \
                    < <("${COMP_WORDS[0]}" "${sockets[@]}" {{CompletionScripts.AskForCalls}} 2>/dev/null)
            }
            complete -F _rtpproxyctl rtpproxyctl
            """);
        return script.ToString();
    }

    private static string Names(IEnumerable<CompletedOption> options) => string.Join(' ', options.SelectMany(option => option.Names));

    private static string AllNames(IEnumerable<CompletedOption> options, string name) =>
        string.Join('|', options.Single(option => option.Names[0] == name).Names);
}
