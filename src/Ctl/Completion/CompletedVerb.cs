using System.CommandLine;
using RtpProxy.Protocols.Rtpp.Statistics;

namespace RtpProxy.Ctl.Completion;

/// <summary>A verb as shells complete it.</summary>
/// <param name="Words">What may follow it, where that can be told.</param>
/// <param name="TakesCall">A Call-ID follows it.</param>
internal sealed record CompletedVerb(
    string Name, string Description, IReadOnlyList<CompletedOption> Options, IReadOnlyList<string> Words, bool TakesCall)
{
    public static CompletedVerb Of(Command verb) => new(
        verb.Name,
        verb.Description ?? "",
        [.. verb.Options.Select(CompletedOption.Of)],
        verb.Name switch
        {
            "stats" => [.. GlobalCounterNames.All.Select(counter => counter.Text())],
            "completion" => [.. CompletionScripts.Shells],
            _ => [],
        },
        verb.Name is "session" or "why");
}
