using RtpProxy.TestKit.Conversations;

namespace RtpProxy.TestKit.Daemon;

/// <summary>How a daemon is started.</summary>
public sealed record DaemonSettings
{
    /// <summary>The control sockets it gets; each kind once.</summary>
    public IReadOnlyList<Transport> Transports { get; init; } = [Transport.Cunix];

    /// <summary>Options beside <c>-f</c>, <c>-s</c>, <c>-p</c>, <c>-F</c>, <c>-m</c>, <c>-M</c> and <c>-d</c>, which are added.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The media ports; the default is a range of 1,000 somewhere.</summary>
    public PortRange? Ports { get; init; }

    public string LogLevel { get; init; } = "dbug";

    /// <summary>False: without <c>-f</c>, so that the program started ends when the one in the background is up.</summary>
    public bool Foreground { get; init; } = true;

    /// <summary>A program and its arguments that start the daemon, whose command line follows; empty for none.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];

    /// <summary>Variables beside those of the test.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
