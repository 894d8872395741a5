using System.Text;

namespace RtpProxy.Ctl.Completion;

/// <summary>For fish: a line for each verb, option and word.</summary>
internal static class FishScript
{
    public static string Write(IReadOnlyList<CompletedOption> shared, IReadOnlyList<CompletedVerb> verbs)
    {
        string names = string.Join(' ', verbs.Select(verb => verb.Name));
        string sockets = string.Join(' ', shared.Where(option => option.Value == CompletedValue.Socket).SelectMany(option => option.Names));
        var script = new StringBuilder();
        script.Append(
            $$"""
            # fish completion for rtpproxyctl; made by: rtpproxyctl completion fish
            function __rtpproxyctl_calls
                set -l words (commandline -opc)
                set -l sockets
                for i in (seq 2 (count $words))
                    if contains -- $words[$i] {{sockets}}
                        set -a sockets $words[$i] $words[(math $i + 1)]
                    end
                end
                $words[1] $sockets {{CompletionScripts.AskForCalls}} 2>/dev/null
            end
            function __rtpproxyctl_sockets
                string join \n -- $argv
                set -l current (commandline -ct)
                for scheme in $argv
                    if string match -q -- "*nix:" $scheme; and string match -q -- "$scheme*" $current
                        set -l path (string sub -s (math (string length -- $scheme) + 1) -- $current)
                        for file in (__fish_complete_path $path)
                            echo -- $scheme(string split -f1 \t -- $file)
                        end
                    end
                end
            end
            complete -c rtpproxyctl -f

            """);
        foreach (CompletedOption option in shared)
        {
            script.Append($"complete -c rtpproxyctl{Describe(option)}\n");
        }

        foreach (CompletedVerb verb in verbs)
        {
            string given = $" -n '__fish_seen_subcommand_from {verb.Name}'";
            script.Append($"complete -c rtpproxyctl -n 'not __fish_seen_subcommand_from {names}' -a {verb.Name} -d {Quote(verb.Description)}\n");
            foreach (CompletedOption option in verb.Options)
            {
                script.Append($"complete -c rtpproxyctl{given}{Describe(option)}\n");
            }

            if (verb.Words.Count > 0)
            {
                script.Append($"complete -c rtpproxyctl{given} -a {Quote(string.Join(' ', verb.Words))}\n");
            }

            if (verb.TakesCall)
            {
                script.Append($"complete -c rtpproxyctl{given} -a '(__rtpproxyctl_calls)' -d 'call'\n");
            }
        }

        return script.ToString().TrimEnd('\n');
    }

    private static string Describe(CompletedOption option)
    {
        string names = string.Concat(option.Names.Select(name => name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}"));
        string value = option.Value switch
        {
            CompletedValue.None => "",
            CompletedValue.File => " -rF",
            CompletedValue.Socket => $" -xa '(__rtpproxyctl_sockets {string.Join(' ', option.Values)})'",
            _ when option.Values.Count > 0 => $" -xa {Quote(string.Join(' ', option.Values))}",
            _ => " -x",
        };
        return $"{names}{value} -d {Quote(option.Description)}";
    }

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
