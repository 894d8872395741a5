namespace RtpProxy.Admin;

/// <summary>What <see cref="AdminRequest.Ask"/> can be.</summary>
public static class AdminWords
{
    /// <summary>The version of these words: a reader ignores members that it does not know, and refuses another number.</summary>
    public const int Version = 1;

    /// <summary>Longest line to the relay, in bytes.</summary>
    public const int MaxRequestLength = 16 * 1024;

    /// <summary>Longest line from the relay, in bytes.</summary>
    public const int MaxReplyLength = 4 * 1024 * 1024;

    public const string Hello = "hello";

    public const string Sessions = "sessions";

    public const string Session = "session";

    public const string Events = "events";

    public const string Counters = "counters";

    public const string Host = "host";

    public const string Drain = "drain";

    public const string Upgrade = "upgrade";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Hello, Sessions, Session, Events, Counters, Host, Drain, Upgrade];
}
