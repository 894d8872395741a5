using System.CommandLine;
using System.Text;
using RtpProxy.Ctl.Output;
using RtpProxy.Protocols.Rtpp.Statistics;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl completion bash</c>: prints a completion script made from the verbs and options there are.</summary>
internal static class CompletionVerb
{
    public static Command Create(Command root, Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash" };
        shell.AcceptOnlyFromAmong("bash");
        var verb = new Command("completion", "Print a completion script: source <(rtpproxyctl completion bash)") { shell };
        verb.SetAction(_ =>
        {
            terminal.WriteLine(WriteBash(root));
            return ExitCode.Ok;
        });
        return verb;
    }

    private static string WriteBash(Command root)
    {
        string shared = Names(root.Options);
        string verbs = string.Join(' ', root.Subcommands.Select(verb => verb.Name));
        string counters = string.Join(' ', GlobalCounterNames.All.Select(counter => counter.Text()));
        var script = new StringBuilder();
        script.Append(
            $$"""
            # bash completion for rtpproxyctl; made by: rtpproxyctl completion bash
            _rtpproxyctl() {
                local current previous verb word
                COMPREPLY=()
                current=${COMP_WORDS[COMP_CWORD]}
                previous=${COMP_WORDS[COMP_CWORD-1]}
                for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                    case $word in
                        {{verbs.Replace(" ", "|", StringComparison.Ordinal)}}) verb=$word; break ;;
                    esac
                done
                case $previous in
                    -s|--socket)
                        # What follows a kind comes as a word of its own, since bash ends words at colons.
                        compopt -o nospace 2>/dev/null
                        COMPREPLY=($(compgen -W 'udp: udp6: tcp: tcp6: unix: cunix:' -- "$current") $(compgen -f -- "$current"))
                        return ;;
                    :) COMPREPLY=($(compgen -f -- "$current")); return ;;
                esac
                local words='{{shared}}'
                case $verb in
                    '') words+=' {{verbs}}' ;;

            """);
        foreach (Command verb in root.Subcommands)
        {
            string words = verb.Name switch
            {
                "stats" => $"{Names(verb.Options)} {counters}",
                "completion" => "bash",
                _ => Names(verb.Options),
            };
            script.Append($"        {verb.Name}) words+=' {words}' ;;\n");
        }

        script.Append(
            """
                esac
                COMPREPLY=($(compgen -W "$words" -- "$current"))
            }
            complete -F _rtpproxyctl rtpproxyctl
            """);
        return script.ToString();
    }

    private static string Names(IEnumerable<Option> options) =>
        string.Join(' ', options.SelectMany(option => option.Aliases.Prepend(option.Name)).Where(name => name.StartsWith('-') && name != "-?" && name != "-h"));
}
