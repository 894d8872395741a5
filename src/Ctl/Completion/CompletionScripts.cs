using System.CommandLine;

namespace RtpProxy.Ctl.Completion;

/// <summary>
/// Scripts by which shells complete our command line, made from the verbs and options that there are. Call-IDs are asked for when
/// one is completed; they are the text of strangers, and no script hands them to its shell to be expanded.
/// </summary>
internal static class CompletionScripts
{
    /// <summary>How the scripts ask for Call-IDs: quickly or not at all.</summary>
    public const string AskForCalls = "--timeout 0.3 calls --names --limit 1000";

    private static readonly Dictionary<string, Func<IReadOnlyList<CompletedOption>, IReadOnlyList<CompletedVerb>, string>> Writers = new()
    {
        ["bash"] = BashScript.Write,
        ["zsh"] = ZshScript.Write,
        ["fish"] = FishScript.Write,
    };

    public static IReadOnlyCollection<string> Shells => Writers.Keys;

    public static string Write(string shell, Command root) => Writers[shell](
        [.. root.Options.Select(CompletedOption.Of)], [.. root.Subcommands.Select(CompletedVerb.Of)]);
}
