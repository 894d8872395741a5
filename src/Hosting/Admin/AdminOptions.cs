using RtpProxy.Io.Net.ControlEndpoints;

namespace RtpProxy.Hosting.Admin;

/// <summary>What makes a relay answer the questions of docs/admin.md.</summary>
public sealed record AdminOptions
{
    /// <summary>The version of the program, for whoever asks.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>The path of the admin socket; null where only connections that are given to the relay are served.</summary>
    public string? SocketPath { get; init; }

    /// <summary>Owner, group and mode of the socket's file.</summary>
    public UnixSocketAccess Access { get; init; } = new(Mode: DefaultMode);

    /// <summary>A client that takes no line for so long is closed.</summary>
    public TimeSpan WritePatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Asked on any thread: what consumers of events around the relay have lost, by their names.</summary>
    public Func<IEnumerable<(string Consumer, long Count)>> EventsLost { get; init; } = static () => [];

    /// <summary>What a keeper has to do with the relay; null where none has.</summary>
    public KeeperContact? Keeper { get; init; }

    /// <summary>In octal 0660.</summary>
    public const uint DefaultMode = 0x1B0;
}
