using System.Buffers.Binary;
using System.Text;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>
/// Messages of a relay as bytes: <see cref="MessageKind"/>, then what it has to say, to the end of the message.
/// <code>
/// Hold Drop      name
/// Ready          workers (16 bits, network order), version (UTF-8)
/// Refused        why (UTF-8)
/// all others     nothing
/// </code>
/// </summary>
internal static class RelayMessageCodec
{
    /// <summary>Bytes of the longest text; what is longer is cut where it is written.</summary>
    public const int MaxText = 1000;

    /// <summary>The longest of them.</summary>
    public const int MaxLength = 3 + MaxText;

    public static byte[] Write(RelayMessage message) => message switch
    {
        RelayMessage.Hold hold => [(byte)MessageKind.Hold, .. Names.ToBytes(hold.Name)],
        RelayMessage.Drop drop => [(byte)MessageKind.Drop, .. Names.ToBytes(drop.Name)],
        RelayMessage.Ready ready =>
            [(byte)MessageKind.Ready, (byte)(ready.Workers >> 8), (byte)ready.Workers, .. Text(ready.Version)],
        RelayMessage.Running => [(byte)MessageKind.Running],
        RelayMessage.Frozen => [(byte)MessageKind.Frozen],
        RelayMessage.Refused refused => [(byte)MessageKind.Refused, .. Text(refused.Why)],
        RelayMessage.UpgradeWanted => [(byte)MessageKind.UpgradeWanted],
        RelayMessage.Draining => [(byte)MessageKind.Draining],
        RelayMessage.Ending => [(byte)MessageKind.Ending],
        RelayMessage.Alive => [(byte)MessageKind.Alive],
        _ => throw new ArgumentOutOfRangeException(nameof(message), message, "no such message"),
    };

    /// <summary>Null: it is none that is known, or malformed.</summary>
    public static RelayMessage? Read(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty || message.Length > MaxLength)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = message[1..];
        return (MessageKind)message[0] switch
        {
            MessageKind.Hold when Names.IsName(rest) => new RelayMessage.Hold(Names.FromBytes(rest)),
            MessageKind.Drop when Names.IsName(rest) => new RelayMessage.Drop(Names.FromBytes(rest)),
            MessageKind.Ready when rest.Length >= 2 =>
                new RelayMessage.Ready(BinaryPrimitives.ReadUInt16BigEndian(rest), Encoding.UTF8.GetString(rest[2..])),
            MessageKind.Refused => new RelayMessage.Refused(Encoding.UTF8.GetString(rest)),
            MessageKind.Running when rest.IsEmpty => new RelayMessage.Running(),
            MessageKind.Frozen when rest.IsEmpty => new RelayMessage.Frozen(),
            MessageKind.UpgradeWanted when rest.IsEmpty => new RelayMessage.UpgradeWanted(),
            MessageKind.Draining when rest.IsEmpty => new RelayMessage.Draining(),
            MessageKind.Ending when rest.IsEmpty => new RelayMessage.Ending(),
            MessageKind.Alive when rest.IsEmpty => new RelayMessage.Alive(),
            _ => null,
        };
    }

    /// <summary>At most <see cref="MaxText"/> bytes.</summary>
    public static ReadOnlySpan<byte> Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return bytes.AsSpan(0, Math.Min(bytes.Length, MaxText));
    }
}
