using RtpProxy.Relay;
using RtpProxy.Relay.Quality;

namespace RtpProxy.Hosting.Admin;

/// <summary>A verdict for people.</summary>
internal static class Sentences
{
    public static string Of(SessionReport report) => report.Verdict.Code.Name();

    /// <summary>About one party.</summary>
    public static string Of(SessionReport report, Side side) => report.Verdict.Party == side || report.Verdict.Party is null
        ? report.Verdict.Code.Name()
        : VerdictCode.Ok.Name();
}
