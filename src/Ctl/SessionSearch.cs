using RtpProxy.Controller.Relays;
using RtpProxy.Ctl.Output;

namespace RtpProxy.Ctl;

/// <summary>What one node knows of a call.</summary>
/// <param name="Failure">The answer that ended the search, if it was neither counters nor "no such session".</param>
internal sealed record SessionSearch(
    string Socket, IReadOnlyList<SessionResult> Sessions, RelayAnswer<IReadOnlyDictionary<string, string>>? Failure)
{
    /// <summary>The <see cref="ExitCode"/> of the failure.</summary>
    public int Code => Failure switch
    {
        null => ExitCode.Ok,
        { Status: AnswerStatus.NoReply } => ExitCode.NoReply,
        _ => ExitCode.Refused,
    };

    public SessionSearch And(SessionSearch next) => new(Socket, [.. Sessions, .. next.Sessions], next.Failure);
}
