using RtpProxy.Controller.Relays;
using RtpProxy.Ctl.Output;

namespace RtpProxy.Ctl;

/// <summary>What one node knows of a call.</summary>
/// <param name="Failure">The answer that ended the search, if it was neither counters nor "no such session".</param>
internal sealed record SessionSearch(
    string Socket, IReadOnlyList<SessionResult> Sessions, RelayAnswer<IReadOnlyDictionary<string, string>>? Failure)
{
    public SessionSearch And(SessionSearch next) => new(Socket, [.. Sessions, .. next.Sessions], next.Failure);
}
