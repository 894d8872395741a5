
namespace RtpProxy.Relay.Quality;

/// <summary>What is the matter with a call, and with which of its parties.</summary>
/// <param name="Party">Of the two the one it is about: who is not heard, who is refused, whose address is wrong, whose packets
/// come badly; null where it is about both or none.</param>
public readonly record struct Verdict(VerdictCode Code, Side? Party = null)
{
    /// <summary>Whether somebody should look at the call. What is not RTP and is about nobody is a fax that both send.</summary>
    public bool IsTrouble => Code is not (VerdictCode.Waiting or VerdictCode.Ok or VerdictCode.Held or VerdictCode.NotRtp)
        || (Code == VerdictCode.NotRtp && Party is not null);
}
