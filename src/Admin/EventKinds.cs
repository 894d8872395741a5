namespace RtpProxy.Admin;

/// <summary>What <see cref="EventNotice.Kind"/> can be.</summary>
public static class EventKinds
{
    /// <summary>A session was set up.</summary>
    public const string Created = "created";

    /// <summary>A party's stream was settled at the address where it was heard.</summary>
    public const string Latched = "latched";

    /// <summary>A party's stream was settled at another address than before.</summary>
    public const string Moved = "moved";

    /// <summary>The first datagram came from somebody who is not taken for the party.</summary>
    public const string Refused = "refused";

    /// <summary>What is the matter with a call has changed.</summary>
    public const string Verdict = "verdict";

    /// <summary>A party pressed a key.</summary>
    public const string Digit = "digit";

    /// <summary>A stream is recorded or copied from now on.</summary>
    public const string RecordingStarted = "recording-started";

    public const string RecordingStopped = "recording-stopped";

    /// <summary>Nothing was heard for too long: the session ends.</summary>
    public const string TimedOut = "timed-out";

    public const string Ended = "ended";

    public static IReadOnlyList<string> All { get; } =
        [Created, Latched, Moved, Refused, Verdict, Digit, RecordingStarted, RecordingStopped, TimedOut, Ended];
}
