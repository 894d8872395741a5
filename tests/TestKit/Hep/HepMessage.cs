using System.Net;
using System.Text;

namespace RtpProxy.TestKit.Hep;

/// <summary>
/// A HEP packet, version 3, as anybody may read it by the protocol's description: chunks in any order, those that are not known left
/// out. It shares nothing with who writes them.
/// </summary>
public sealed class HepMessage
{
    private readonly Dictionary<int, byte[]> _chunks = [];

    private HepMessage()
    {
    }

    /// <summary>The types of the chunks, in order.</summary>
    public List<int> Order { get; } = [];

    public int PayloadType => Value(0x0b)[0];

    public uint CaptureId => (uint)Number(0x0c);

    public string CallId => Encoding.Latin1.GetString(Value(0x11));

    public string Text => Encoding.UTF8.GetString(Value(0x0f));

    public int Family => Value(0x01)[0];

    public int Protocol => Value(0x02)[0];

    public IPEndPoint Source => new(new IPAddress(Value(_chunks.ContainsKey(3) ? 3 : 5)), (int)Number(7));

    public IPEndPoint Destination => new(new IPAddress(Value(_chunks.ContainsKey(4) ? 4 : 6)), (int)Number(8));

    public DateTimeOffset At => DateTimeOffset.FromUnixTimeSeconds(Number(9)).AddMicroseconds(Number(10));

    /// <exception cref="FormatException">It is none.</exception>
    public static HepMessage Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 6 || !bytes.StartsWith("HEP3"u8) || (bytes[4] << 8 | bytes[5]) != bytes.Length)
        {
            throw new FormatException("no HEP3, or not as long as it says");
        }

        HepMessage message = new();
        for (int at = 6; at < bytes.Length;)
        {
            int vendor = bytes[at] << 8 | bytes[at + 1];
            int type = bytes[at + 2] << 8 | bytes[at + 3];
            int length = bytes[at + 4] << 8 | bytes[at + 5];
            if (vendor != 0 || length < 6 || at + length > bytes.Length)
            {
                throw new FormatException($"a chunk of vendor {vendor} and {length} bytes at {at}");
            }

            message.Order.Add(type);
            message._chunks.Add(type, bytes[(at + 6)..(at + length)].ToArray());
            at += length;
        }

        return message;
    }

    /// <summary>Reads the next one of a stream; null at its end.</summary>
    public static async Task<HepMessage?> ReadAsync(Stream stream, CancellationToken stop = default)
    {
        byte[] head = new byte[6];
        int got = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop);
        if (got == 0)
        {
            return null;
        }

        byte[] whole = new byte[head[4] << 8 | head[5]];
        head.CopyTo(whole, 0);
        await stream.ReadExactlyAsync(whole.AsMemory(head.Length), stop);
        return Parse(whole);
    }

    private byte[] Value(int type) => _chunks[type];

    private long Number(int type) => Value(type).Aggregate(0L, (sum, next) => (sum << 8) | next);
}
