namespace RtpProxy.Daemon.Options;

/// <summary>Why the daemon does not start: lines for standard error, without line ends. The exit status is 1.</summary>
internal sealed record StartFault(params IReadOnlyList<string> Lines)
{
    /// <summary>A fault in the form of the option errors: <c>rtpproxy: TEXT</c>.</summary>
    public static StartFault Of(string text) => new($"rtpproxy: {text}");
}
