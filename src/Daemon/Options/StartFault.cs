namespace RtpProxy.Daemon.Options;

/// <summary>Why the daemon does not start: lines for standard error, without line ends. The exit status is 1.</summary>
internal sealed record StartFault(params IReadOnlyList<string> Lines)
{
    private const string Prefix = "rtpproxy: ";

    /// <summary>The first line, without the name of the program.</summary>
    public string Reason => Lines[0].StartsWith(Prefix, StringComparison.Ordinal) ? Lines[0][Prefix.Length..] : Lines[0];

    /// <summary>A fault in the form of the option errors: <c>rtpproxy: TEXT</c>.</summary>
    public static StartFault Of(string text) => new(Prefix + text);
}
