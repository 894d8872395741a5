using System.Text;

namespace RtpProxy.Ctl.Completion;

/// <summary>For zsh: a function of its completion system, for a file in <c>fpath</c> or to be sourced.</summary>
internal static class ZshScript
{
    public static string Write(IReadOnlyList<CompletedOption> shared, IReadOnlyList<CompletedVerb> verbs)
    {
        var script = new StringBuilder();
        script.Append(
            $$"""
            #compdef rtpproxyctl
            # made by: rtpproxyctl completion zsh
            _rtpproxyctl_calls() {
                local -a calls
                calls=("${(@f)$("${words[1]}" "${sockets[@]}" {{CompletionScripts.AskForCalls}} 2>/dev/null)}")
                compadd -- ${calls:#}
            }
            _rtpproxyctl_socket() {
                local scheme
                for scheme in "$@"; do
                    if [[ $scheme == *nix: && $PREFIX == $scheme* ]]; then
                        compset -P $scheme
                        _files
                        return
                    fi
                done
                compadd -S '' -- "$@"
                _files
            }
            _rtpproxyctl() {
                local verb='' word previous=${words[CURRENT-1]}
                local -a sockets options verbs
                local -i i
                for ((i = 2; i < CURRENT; i++)); do
                    word=${words[i]}
                    case $word in
                        {{AllNames(shared, "--socket")}}|{{AllNames(shared, "--admin")}}) sockets+=("$word" "${(Q)words[i+1]}"); ((i++)) ;;
                        {{string.Join('|', verbs.Select(verb => verb.Name))}}) [[ -n $verb ]] || verb=$word ;;
                    esac
                done
                case $previous in

            """);
        foreach (CompletedOption option in shared.Concat(verbs.SelectMany(verb => verb.Options))
            .Where(option => option.Value != CompletedValue.None).DistinctBy(option => option.Names[0]))
        {
            string action = option.Value switch
            {
                CompletedValue.Socket => $"_rtpproxyctl_socket {string.Join(' ', option.Values)}",
                CompletedValue.File => "_files",
                _ when option.Values.Count > 0 => $"compadd -- {string.Join(' ', option.Values)}",
                _ => $"_message {Quote(option.Description)}",
            };
            script.Append($"        {string.Join('|', option.Names)}) {action}; return ;;\n");
        }

        script.Append($"    esac\n    options=({Described(shared)})\n    case $verb in\n");
        script.Append($"        '') verbs=({string.Join(' ', verbs.Select(verb => Quote($"{verb.Name}:{verb.Description}")))}); _describe verb verbs ;;\n");
        foreach (CompletedVerb verb in verbs)
        {
            string words = verb.Words.Count > 0 ? $"; compadd -- {string.Join(' ', verb.Words)}" : "";
            string calls = verb.TakesCall ? "; [[ $PREFIX == -* ]] || _rtpproxyctl_calls" : "";
            script.Append($"        {verb.Name}) options+=({Described(verb.Options)}){words}{calls} ;;\n");
        }

        script.Append(
            """
                esac
                [[ $PREFIX == -* ]] && _describe option options
            }
            if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
                _rtpproxyctl "$@"
            else
                compdef _rtpproxyctl rtpproxyctl
            fi
            """);
        return script.ToString();
    }

    private static string Described(IEnumerable<CompletedOption> options) => string.Join(
        ' ', options.SelectMany(option => option.Names.Select(name => Quote($"{name}:{option.Description}"))));

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string AllNames(IEnumerable<CompletedOption> options, string name) =>
        string.Join('|', options.Single(option => option.Names[0] == name).Names);
}
