using System.Net;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests;

/// <summary>A set-up call: Alice offered, Bob answered, both addresses signalled.</summary>
internal sealed class Call
{
    public static readonly Endpoint Alice = At("192.0.2.10", 40_000);

    /// <summary>Alice as a phone behind a NAT signals her.</summary>
    public static readonly Endpoint Home = At("10.0.0.10", 40_000);

    public static readonly Endpoint Bob = At("198.51.100.20", 50_000);
    public static readonly Endpoint Mallory = At("203.0.113.66", 6_666);

    private readonly VirtualRelay _relay;

    public Call(
        VirtualRelay relay, string callId = "call", string modifiers = "", Endpoint? alice = null, Endpoint? bob = null)
    {
        _relay = relay;
        CallId = callId;
        SignalledAlice = alice ?? Alice;
        SignalledBob = bob ?? Bob;
        PortForBob = relay.Port($"U{modifiers} {callId} {Text(SignalledAlice)} alice");
        PortForAlice = relay.Port($"L{modifiers} {callId} {Text(SignalledBob)} alice bob");
    }

    public Endpoint SignalledAlice { get; }

    public Endpoint SignalledBob { get; }

    public string CallId { get; }

    /// <summary>The port that Bob sends to.</summary>
    public int PortForBob { get; }

    /// <summary>The port that Alice sends to.</summary>
    public int PortForAlice { get; }

    /// <summary>A call whose offer shows the address that Alice has behind her NAT.</summary>
    public static Call BehindNat(VirtualRelay relay) => new(relay, alice: Home);

    /// <summary>An address as commands have it.</summary>
    public static string Text(in Endpoint address) => $"{address.ToIPAddress()} {address.Port}";

    public static Endpoint At(string host, int port) => Endpoint.From(IPAddress.Parse(host), port);

    /// <summary>A packet on the leg of Alice; returns where it went, or null if it was not relayed.</summary>
    public Endpoint? FromAlice(Endpoint source, byte[] packet) => Destination(_relay.Receive(source, PortForAlice, packet));

    /// <summary>A packet on the leg of Bob.</summary>
    public Endpoint? FromBob(Endpoint source, byte[] packet) => Destination(_relay.Receive(source, PortForBob, packet));

    public Endpoint? ReportFromAlice(Endpoint source) =>
        Destination(_relay.Receive(source, PortForAlice + 1, RtpBytes.ReceiverReport()));

    public Endpoint? ReportFromBob(Endpoint source) =>
        Destination(_relay.Receive(source, PortForBob + 1, RtpBytes.ReceiverReport()));

    /// <summary>Alice's own packet, from where she was signalled.</summary>
    public Endpoint? AliceSpeaks(int sequence, uint ssrc = 7) => FromAlice(SignalledAlice, RtpBytes.Rtp(sequence, ssrc));

    public Endpoint? BobSpeaks(int sequence, uint ssrc = 8) => FromBob(SignalledBob, RtpBytes.Rtp(sequence, ssrc));

    public string Query(string names = "", string tags = "alice bob") => _relay.Command($"Q {CallId} {tags} {names}".Trim());

    private static Endpoint? Destination(IReadOnlyList<SentDatagram> sent) => sent.Count switch
    {
        0 => null,
        1 => sent[0].To,
        _ => throw new InvalidOperationException($"{sent.Count} datagrams were sent."),
    };
}
