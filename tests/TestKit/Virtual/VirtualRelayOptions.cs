using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Ports;

namespace RtpProxy.TestKit.Virtual;

/// <summary>How a virtual daemon is started; the defaults are those of the command line.</summary>
public sealed record VirtualRelayOptions
{
    public RelayOptions Relay { get; init; } = new();

    public int Workers { get; init; } = 1;

    public ILocalAddressBook Addresses { get; init; } = new VirtualAddressBook();

    /// <summary>What the machine knows of itself; null: the addresses of <see cref="Addresses"/>.</summary>
    public IOwnAddresses? Own { get; init; }

    public VirtualPorts Ports { get; init; } = new();

    /// <summary>Instances of catch_dtmf.</summary>
    public int DigitCatchers { get; init; } = 1;

    public VirtualNotices Notices { get; init; } = new();

    /// <summary>What was decided is not put into words: for measurements.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>
    /// After each step, be it a visit of a command, a datagram or a deadline, all workers are thrown away, and new ones go on from
    /// their snapshots. So does every relay of a test project that says so in its runtime options.
    /// </summary>
    public bool RestartsAfterEveryStep { get; init; } =
        AppContext.TryGetSwitch("RtpProxy.VirtualRelay.RestartsAfterEveryStep", out bool restarts) && restarts;

    /// <summary>
    /// Sessions are put down for another process; what a command has changed is looked for there, in every relay of a test project
    /// that says so in its runtime options.
    /// </summary>
    public bool KeepsSessions { get; init; } =
        AppContext.TryGetSwitch("RtpProxy.VirtualRelay.KeepsSessions", out bool keeps) && keeps;
}
