using System.Net;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Recording;

/// <summary>A call through a daemon with one address, and a clock that stands at a moment known from the specification.</summary>
internal sealed class RecordedCall
{
    public const long WallMicroseconds = 1_795_215_186_998_876;

    public static readonly byte[] Packet = [0x80, 0, 0, 1, 0, 0, 0, 0xa0, 0, 0, 0, 7, 0xaa, 0xbb, 0xcc];
    public static readonly byte[] Report = [0x80, 201, 0, 1, 0, 0, 0, 7];

    private readonly Endpoint _local;

    public RecordedCall(RelayOptions options, string local = "203.0.113.5", string alice = "192.0.2.10", string bob = "198.51.100.20")
    {
        var address = IPAddress.Parse(local);
        _local = Endpoint.From(address, 0);
        Relay = new VirtualRelay(new VirtualRelayOptions
        {
            Relay = options,
            Addresses = new VirtualAddressBook(new LocalAddress(address)),
        });
        string family = _local.IsIPv6 ? "6" : "";
        PortForBob = Relay.Port($"U{family} call {alice} 40000 alice");
        PortForAlice = Relay.Port($"L{family} call {bob} 50000 alice bob");
        AliceRtp = At(alice, 40_000);
        BobRtp = At(bob, 50_000);
    }

    public VirtualRelay Relay { get; }

    public int PortForAlice { get; }

    public int PortForBob { get; }

    public Endpoint AliceRtp { get; }

    public Endpoint BobRtp { get; }

    /// <summary>The bytes of a recording so far.</summary>
    public byte[] this[string name] => Relay.Recordings.Files[name].Bytes.ToArray();

    /// <summary>A datagram arrives at the moment; returns how many left because of it.</summary>
    public int Receive(Endpoint source, int port, byte[] datagram)
    {
        (int worker, PortId id) = Relay.Ports.Find(port);
        var sink = new CountingSink();
        Endpoint exact = Relay.Ports.SocketOf(worker, id).WantsDetails ? _local.WithPort((ushort)port) : default;
        Relay.Workers[worker].OnDatagram(id, source, datagram, new Arrival(Relay.Now, WallMicroseconds, exact), ref sink);
        return sink.Sent;
    }

    public static byte[] Hex(string hex) => Convert.FromHexString(string.Concat(hex.Where(char.IsAsciiHexDigit)));
}
