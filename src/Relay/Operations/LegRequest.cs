using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Operations;

/// <summary>What an offer or an answer says of the party that speaks, and asks for the leg of the other.</summary>
public sealed record LegRequest
{
    /// <summary>Whether the party receives elsewhere than it sends from; null for the daemon's default.</summary>
    public bool? IsAsymmetric { get; init; }

    /// <summary>Another source may follow the party when it has stopped, without a word of signalling.</summary>
    public bool AllowsHandover { get; init; }

    /// <summary>The session is kept by a flag of this party's, not by the strong one (control protocol, section 6.4).</summary>
    public bool IsWeak { get; init; }

    /// <summary>Another port pair in place of the one that the leg has.</summary>
    public bool WantsNewPort { get; init; }

    /// <summary>Packet duration for what the party sends, in milliseconds; null to leave packets as they are.</summary>
    public int? PtimeMilliseconds { get; init; }

    /// <summary>Payload types for prompts, with commas between; null when none were told.</summary>
    public string? Codecs { get; init; }

    /// <summary>The address for both legs of a new session, or of a leg that gets a port; null where the network decides.</summary>
    public LocalAddress? Address { get; init; }

    /// <summary><see cref="Address"/> was asked for, and not only chosen by the family of the remote address.</summary>
    public bool IsAddressNamed { get; init; }

    /// <summary>The bridging address toward the party that speaks; null when none was named.</summary>
    public LocalAddress? TowardSpeaker { get; init; }

    /// <summary>The bridging address toward the other party; null when none was named.</summary>
    public LocalAddress? TowardOther { get; init; }

    /// <summary>Where the party wants its RTP; the unspecified address is hold, and null leaves what is known.</summary>
    public Endpoint? Remote { get; init; }

    /// <summary>Where the party wants its RTCP; null for the port after that of <see cref="Remote"/>.</summary>
    public Endpoint? RemoteRtcp { get; init; }

    /// <summary>What was read over in the message: sentences for the log, told when the request is carried out.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The address that the answered leg will have: that of its port, unless it has none or gets another.</summary>
    internal LocalAddress AddressFor(Sessions.Leg answered)
    {
        if (answered.Ports is not null && !WantsNewPort)
        {
            return answered.Local;
        }

        // Only the second of two networks names this leg's side; without a new port it comes too late.
        return Address ?? (WantsNewPort ? TowardOther : null) ?? answered.Local;
    }
}
