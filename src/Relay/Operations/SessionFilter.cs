using RtpProxy.Relay.Quality;

namespace RtpProxy.Relay.Operations;

/// <summary>Which sessions are wanted.</summary>
/// <param name="Text">Part of the Call-ID or of a tag, whatever its case; null for all.</param>
/// <param name="TroubleOnly">Only those that somebody should look at.</param>
/// <param name="Code">Only those with this verdict; null for all.</param>
public sealed record SessionFilter(string? Text = null, bool TroubleOnly = false, VerdictCode? Code = null)
{
    internal bool Admits(Sessions.Session session) =>
        (Code is null || session.Verdict.Code == Code)
        && (!TroubleOnly || session.Verdict.IsTrouble)
        && (Text is not { Length: > 0 } text || Has(session.CallId, text) || Has(session.Tag, text) || Has(session.AnsweredTag, text));

    private static bool Has(string? whole, string part) =>
        whole?.Contains(part, StringComparison.OrdinalIgnoreCase) is true;
}
