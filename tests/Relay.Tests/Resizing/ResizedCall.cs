using System.Buffers.Binary;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Resizing;

/// <summary>A call whose caller's packets are re-framed: give it packets, see what reaches the callee because of each.</summary>
internal sealed class ResizedCall
{
    private readonly int _forAlice;

    public ResizedCall(int ptime, RelayOptions? options = null, int workers = 1)
    {
        Relay = new VirtualRelay(options ?? new RelayOptions(), workers);
        PortForBob = Relay.Port($"Uz{ptime} call 192.0.2.10 40000 alice");
        _forAlice = Relay.Port("L call 198.51.100.20 50000 alice bob");
    }

    public VirtualRelay Relay { get; }

    public int PortForBob { get; }

    /// <summary>What left by itself, because it was due, since the last call of <see cref="Send"/>.</summary>
    public IReadOnlyList<byte[]> Later { get; private set; } = [];

    /// <summary>RTP of 20 ms, numbered from 0: sequence from 1000, timestamps from 5000, marker on the first.</summary>
    public static byte[] Packet(int number, byte[]? payload = null, byte payloadType = 0, int samples = 160, uint ssrc = 7)
    {
        payload ??= [.. Enumerable.Range(0, 160).Select(i => (byte)((number * 160) + i))];
        return
        [
            .. RtpBytes.Rtp(
                1000 + number, ssrc, 5000 + (uint)(number * samples), payloadType, marker: number == 0, length: 0),
            .. payload,
        ];
    }

    /// <summary>Alice's packet arrives, and time passes until the next one.</summary>
    public byte[][] Send(byte[] packet, int millisecondsToNext = 20)
    {
        byte[][] sent = [.. Relay.Receive(Alice, _forAlice, packet).Select(d => d.Bytes)];
        Wait(millisecondsToNext);
        return sent;
    }

    /// <summary>Time passes; returns what leaves meanwhile.</summary>
    public byte[][] Wait(int milliseconds)
    {
        byte[][] sent = [.. Relay.Advance(TimeSpan.FromMilliseconds(milliseconds)).Select(d => d.Bytes)];
        Later = sent;
        return sent;
    }

    /// <summary>
    /// Sends packets and notes what leaves as "#input: sequence/timestamp bytes", with M for the marker, and as
    /// "#input+: ..." what leaves by itself before the next one.
    /// </summary>
    public string[] Trace(IEnumerable<byte[]> packets, int milliseconds = 20)
    {
        var lines = new List<string>();
        int number = 0;
        foreach (byte[] packet in packets)
        {
            lines.AddRange(Send(packet, milliseconds).Select(sent => $"#{number}: {Describe(sent)}"));
            lines.AddRange(Later.Select(sent => $"#{number}+: {Describe(sent)}"));
            number++;
        }

        return [.. lines];
    }

    public string Counters() => Relay.Command("G npkts_resizer_in npkts_resizer_out npkts_resizer_discard");

    /// <summary>"sequence/timestamp bytes", with M for the marker.</summary>
    public static string Describe(byte[] packet)
    {
        ushort sequence = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2));
        uint timestamp = BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(4));
        return $"{sequence}/{timestamp} {packet.Length - 12}{(packet[1] >= 0x80 ? " M" : "")}";
    }
}
