namespace RtpProxy.Protocols.NgFront;

/// <summary>What the daemon's options say of calls that are commanded over the ng protocol.</summary>
public sealed record NgSettings
{
    /// <summary><c>--ng-sip-source</c>: media goes to where the SIP message came from unless a flag says otherwise (ng protocol).</summary>
    public bool UsesSipSource { get; init; }

    /// <summary><c>--ng-delete-delay</c>: how long a call that was deleted goes on, if the command does not say.</summary>
    public TimeSpan DeleteDelay { get; init; }

    /// <summary>
    /// <c>--ng-prompts</c>: the directory below which everything is that calls can be played, without a slash at its end; null
    /// for the current one.
    /// </summary>
    public string? PromptDirectory { get; init; }
}
