using RtpProxy.Sip;

namespace RtpProxy.SipEdge.Trust;

/// <summary>How much of anything one request may hold; no honest one comes near.</summary>
internal static class MessageLimits
{
    /// <summary>More media than this is not anchored for one call.</summary>
    public const int Media = 16;

    private const int Headers = 200;
    private const int Values = 100; // More hops than Max-Forwards allows.
    private const int NameLength = 512; // Of a Call-ID, a tag, a branch and a URI, each.

    private static readonly HeaderKind[] Lists = [HeaderKind.Via, HeaderKind.Route, HeaderKind.RecordRoute];

    /// <summary>What there is too much of, as it stands in the answer; null in an honest request.</summary>
    public static string? FindExcess(SipMessage request)
    {
        if (request.Headers.Length > Headers)
        {
            return "Too Many Header Fields";
        }

        foreach (HeaderKind kind in Lists)
        {
            if (request.ValuesOf(kind).Skip(Values).Any())
            {
                return $"Too Many {HeaderNames.NameOf(kind)} Values";
            }
        }

        return IsTooLong(request.RequestUri) || IsTooLong(request.CallId) ? "Too Long A Name" : null;
    }

    /// <summary>The same for what can only be looked at in a request without faults.</summary>
    public static string? FindLongName(SipMessage request) =>
        IsTooLong(request.FromTag) || IsTooLong(request.ToTag) || IsTooLong(request.TopVia?.Branch)
            || IsTooLong(request.TopVia?.SentBy.Host) || request.Method.Length > 32
                ? "Too Long A Name"
                : null;

    /// <summary>Whether the body describes more media than a call may have.</summary>
    public static bool HasTooManyMedia(SipMessage request)
    {
        ReadOnlySpan<char> body = request.Body.In(request.Text);
        int count = body.StartsWith("m=", StringComparison.Ordinal) ? 1 : 0;
        return count + body.Count("\nm=") + body.Count("\rm=") > Media;
    }

    private static bool IsTooLong(string? text) => text?.Length > NameLength;
}
