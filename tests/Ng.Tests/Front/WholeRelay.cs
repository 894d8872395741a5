using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Tests.Encodings;
using RtpProxy.Protocols.NgFront;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary>The whole way of a message, from its bytes to ports and back, without a kernel.</summary>
public sealed class WholeRelay
{
    private readonly NgDesk _desk;
    private int _sequence;

    /// <param name="restarts">Its workers go on from snapshots after every step; else what a command changes is looked for where it is kept.</param>
    public WholeRelay(bool restarts = false)
    {
        Relay = new VirtualRelay(new VirtualRelayOptions
        {
            RestartsAfterEveryStep = restarts,
            KeepsSessions = !restarts,
            Addresses = new VirtualAddressBook(
                new LocalAddress(IPAddress.Parse("192.0.2.1"), Label: "internal"),
                new LocalAddress(IPAddress.Parse("192.0.2.2"), "203.0.113.9", "external"),
                new LocalAddress(IPAddress.IPv6Loopback, Label: "internal")),
        });
        _desk = new NgDesk(Relay.Operations, new NgSettings(), Relay.WallMicroseconds);
    }

    public VirtualRelay Relay { get; }

    /// <summary>What the relay knows of all calls, as it would tell a controller, and what it holds open for them.</summary>
    public string State
    {
        get
        {
            StringBuilder state = new($"{Relay.SessionCount} {Relay.Ports.OpenPairs}");
            foreach (string call in Calls)
            {
                state.Append(Encoding.Latin1.GetString(Execute(NgMessage.WithoutCookie(Command("query", call)))));
            }

            return state.ToString();
        }
    }

    private IEnumerable<string> Calls => Bencode
        .Read(Execute(NgMessage.WithoutCookie(Values.Write(
            Values.Dictionary(("command", Values.Text("list")), ("limit", new NgValue(4_096))), NgEncoding.Bencode))))!["calls"]
        .Items.Select(call => call.Text!);

    /// <summary>Answers a datagram; null where no answer is sent.</summary>
    public byte[]? Answer(ReadOnlySpan<byte> datagram, IPAddress? client = null) =>
        NgMessage.TrySplit(datagram, out NgMessage message) ? Execute(message, client) : null;

    /// <summary>Each port that is open gets a packet, first of RTP and then of RTCP; 20 ms pass.</summary>
    public void SendToAllPorts()
    {
        _sequence++;
        foreach (IPEndPoint port in Relay.Workers[0].AllSessions.ToArray().SelectMany(PortsOf))
        {
            IPAddress source = IPAddress.Parse(port.AddressFamily == AddressFamily.InterNetworkV6 ? "2001:db8::7" : "198.51.100.7");
            Relay.Receive(Endpoint.From(source, 4_000), port.Port, RtpBytes.Rtp(_sequence), port.Address);
            Relay.Receive(Endpoint.From(source, 4_001), port.Port + 1, [0x80, 201, 0, 1, 0, 0, 0, 7], port.Address);
        }

        Relay.Advance(TimeSpan.FromMilliseconds(20));
    }

    /// <summary>Deletes every call at once; how much is left over.</summary>
    public (int Sessions, int Pairs) EndAllCalls()
    {
        foreach (string call in Calls.ToArray())
        {
            Execute(NgMessage.WithoutCookie(Command("delete", call)));
        }

        return (Relay.SessionCount, Relay.Ports.OpenPairs);
    }

    private static IEnumerable<IPEndPoint> PortsOf(Session session) => ((Leg[])[session.Caller, session.Callee])
        .Where(leg => leg.Ports is not null)
        .Select(leg => new IPEndPoint(leg.Local.Address, leg.PortNumber));

    private static byte[] Command(string command, string callId) => Values.Write(
        Values.Dictionary(("command", Values.Text(command)), ("call-id", Values.Text(callId)), ("delete-delay", new NgValue(0))),
        NgEncoding.Bencode);

    private byte[] Execute(in NgMessage message, IPAddress? client = null)
    {
        NgRun run = _desk.Begin(message, Relay.WallMicroseconds, client);
        Relay.Carry(run);
        return run.Reply.ToArray();
    }
}
