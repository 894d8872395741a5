using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using RtpProxy.Protocols.NgFront;
using RtpProxy.Relay;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Ng;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Protocols.Ng.Tests.Conversations;

/// <summary>Plays a conversation to a relay without a kernel, in virtual time.</summary>
internal sealed partial class VirtualConversation : NgConversationPlayer
{
    private const int LowestPort = 30_000;
    private const int HighestPort = 30_998;

    private readonly VirtualRelay _relay;
    private readonly NgDesk _desk;

    /// <param name="options">What the conversation says of the daemon.</param>
    /// <param name="restarts">Its workers go on from snapshots after every step.</param>
    public VirtualConversation(string options, bool restarts)
        : base(LowestPort, HighestPort + 1)
    {
        _relay = new VirtualRelay(new VirtualRelayOptions
        {
            RestartsAfterEveryStep = restarts,
            Addresses = new VirtualAddressBook(AddressesOf(options)),
            Ports = new VirtualPorts(LowestPort, options == "fewports" ? LowestPort + 2 : HighestPort),
            Relay = options == "timeout" ? new RelayOptions { TtlSeconds = 3, SetupTtlSeconds = 4, SilentTtlSeconds = 8 } : new RelayOptions(),
        });
        _relay.Recordings.IsConfigured = options == "record";
        NgSettings settings = new()
        {
            UsesSipSource = options == "sipsource",
            DeleteDelay = TimeSpan.FromSeconds(options == "delay" ? 2 : 0),
        };
        _desk = new NgDesk(_relay.Operations, settings, _relay.WallMicroseconds);
    }

    private static LocalAddress[] AddressesOf(string options) => options == "dual"
        ?
        [
            new LocalAddress(IPAddress.Parse("127.0.7.1"), Label: "priv"),
            new LocalAddress(IPAddress.IPv6Loopback, Label: "priv"),
            new LocalAddress(IPAddress.Parse("127.0.7.2"), "203.0.113.9", "pub"),
        ]
        : [new LocalAddress(IPAddress.Parse("127.0.7.1"))];

    protected override byte[] Ask(byte[] dictionary)
    {
        NgRun run = _desk.Begin(NgMessage.WithoutCookie(dictionary), _relay.WallMicroseconds);
        _relay.Carry(run);
        return run.Reply.ToArray();
    }

    protected override void Wait(TimeSpan time) => _relay.Advance(time);

    protected override IReadOnlyList<string> Send(string line)
    {
        Match match = Packets().Match(line);
        match.Success.ShouldBeTrue(line);
        int Number(string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        Endpoint source = Endpoint.From(IPAddress.Parse(match.Groups["address"].ValueSpan), (ushort)Number("port"));
        int port = Ports.PortOf(match.Groups["to"].Value);
        List<SentDatagram> sent = [];
        for (int i = 0; i < Number("count"); i++)
        {
            byte[] packet = match.Groups["kind"].Value == "rtp"
                ? Rtp(Number("type"), Number("sequence") + i, Number("ssrc"), Number("payload"))
                : SenderReport(Number("ssrc"), 10 * (i + 1));
            sent.AddRange(_relay.Receive(source, port, packet));
            _relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        return [.. sent.GroupBy(datagram => $"{datagram.To}")
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"*= {group.Key}: {group.Count()} from {string.Join(", ", group.Select(datagram => Ports.NameOf(datagram.From.Port)).Distinct())}")];
    }

    private static byte[] Rtp(int payloadType, int sequence, int ssrc, int payload)
    {
        byte[] packet = new byte[12 + payload];
        Array.Fill(packet, (byte)0xD5);
        packet[0] = 0x80;
        packet[1] = (byte)payloadType;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)sequence);
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(4), sequence * 160);
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(8), ssrc);
        return packet;
    }

    private static byte[] SenderReport(int ssrc, int packets)
    {
        byte[] report = new byte[28];
        report[0] = 0x80;
        report[1] = 200;
        report[3] = 6;
        BinaryPrimitives.WriteInt32BigEndian(report.AsSpan(4), ssrc);
        BinaryPrimitives.WriteInt32BigEndian(report.AsSpan(20), packets);
        BinaryPrimitives.WriteInt32BigEndian(report.AsSpan(24), packets * 160);
        return report;
    }

    [GeneratedRegex(@"^\*\* SEND (?<count>\d+) (?<kind>rtp|rtcp) from (?<address>[0-9.]+):(?<port>\d+) to (?<to><\S+>) \(payload type (?<type>\d+), SSRC (?<ssrc>\d+), (?<payload>\d+) bytes of payload, sequence from (?<sequence>\d+)\)")]
    private static partial Regex Packets();

}
