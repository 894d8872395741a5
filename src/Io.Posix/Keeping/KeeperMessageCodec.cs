using System.Buffers.Binary;
using System.Text;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>
/// Messages of a keeper as bytes: <see cref="MessageKind"/>, then what it has to say, to the end of the message.
/// <code>
/// Inherit        for each: length of the name (16 bits, network order), name, number of descriptors (a byte)
/// Forget         for each: length of the name (16 bits, network order), name
/// Begin          start (a byte), deaths (32 bits, network order)
/// Stop           signal, hurried (a byte each)
/// Told           done (a byte), text (UTF-8)
/// all others     nothing
/// </code>
/// </summary>
internal static class KeeperMessageCodec
{
    public static byte[] Write(KeeperMessage message) => message switch
    {
        KeeperMessage.Inherit inherit => WriteInherit(inherit),
        KeeperMessage.Forget forget => WriteForget(forget),
        KeeperMessage.Begin begin => WriteBegin(begin),
        KeeperMessage.Go => [(byte)MessageKind.Go],
        KeeperMessage.Freeze => [(byte)MessageKind.Freeze],
        KeeperMessage.Thaw => [(byte)MessageKind.Thaw],
        KeeperMessage.End => [(byte)MessageKind.End],
        KeeperMessage.Stop stop => [(byte)MessageKind.Stop, (byte)stop.Signal, stop.IsHurried ? (byte)1 : (byte)0],
        KeeperMessage.Drain => [(byte)MessageKind.Drain],
        KeeperMessage.Told told =>
            [(byte)MessageKind.Told, told.IsDone ? (byte)1 : (byte)0, .. RelayMessageCodec.Text(told.Text)],
        KeeperMessage.HoldAgain => [(byte)MessageKind.HoldAgain],
        _ => throw new ArgumentOutOfRangeException(nameof(message), message, "no such message"),
    };

    /// <summary>Null: it is none that is known, or malformed.</summary>
    public static KeeperMessage? Read(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = message[1..];
        return (MessageKind)message[0] switch
        {
            MessageKind.Inherit => ReadInherit(rest),
            MessageKind.Forget => ReadForget(rest),
            MessageKind.Begin when rest.Length == 5 && rest[0] <= (byte)RelayStart.Upgrade =>
                new KeeperMessage.Begin((RelayStart)rest[0], BinaryPrimitives.ReadInt32BigEndian(rest[1..])),
            MessageKind.Go when rest.IsEmpty => new KeeperMessage.Go(),
            MessageKind.Freeze when rest.IsEmpty => new KeeperMessage.Freeze(),
            MessageKind.Thaw when rest.IsEmpty => new KeeperMessage.Thaw(),
            MessageKind.End when rest.IsEmpty => new KeeperMessage.End(),
            MessageKind.Stop when rest.Length == 2 && rest[1] <= 1 => new KeeperMessage.Stop(rest[0], rest[1] == 1),
            MessageKind.Drain when rest.IsEmpty => new KeeperMessage.Drain(),
            MessageKind.Told when rest is [<= 1, ..] && rest.Length <= 1 + RelayMessageCodec.MaxText =>
                new KeeperMessage.Told(rest[0] == 1, Encoding.UTF8.GetString(rest[1..])),
            MessageKind.HoldAgain when rest.IsEmpty => new KeeperMessage.HoldAgain(),
            _ => null,
        };
    }

    private static byte[] WriteBegin(KeeperMessage.Begin begin)
    {
        byte[] bytes = [(byte)MessageKind.Begin, (byte)begin.Start, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(2), begin.Deaths);
        return bytes;
    }

    private static byte[] WriteInherit(KeeperMessage.Inherit inherit)
    {
        List<byte> bytes = [(byte)MessageKind.Inherit];
        foreach ((string name, int descriptors) in inherit.Items)
        {
            Add(bytes, name);
            bytes.Add((byte)descriptors);
        }

        return [.. bytes];
    }

    private static byte[] WriteForget(KeeperMessage.Forget forget)
    {
        List<byte> bytes = [(byte)MessageKind.Forget];
        foreach (string name in forget.Names)
        {
            Add(bytes, name);
        }

        return [.. bytes];
    }

    private static void Add(List<byte> bytes, string name)
    {
        bytes.Add((byte)(name.Length >> 8));
        bytes.Add((byte)name.Length);
        bytes.AddRange(Names.ToBytes(name));
    }

    private static KeeperMessage.Inherit? ReadInherit(ReadOnlySpan<byte> rest)
    {
        List<(string, int)> items = [];
        int total = 0;
        while (!rest.IsEmpty)
        {
            if (!TryReadName(ref rest, out string name) || rest.IsEmpty || rest[0] is 0 or > Keeper.MaxDescriptors)
            {
                return null;
            }

            total += rest[0];
            items.Add((name, rest[0]));
            rest = rest[1..];
        }

        return items.Count > 0 && total <= DescriptorChannel.MaxDescriptors ? new KeeperMessage.Inherit(items) : null;
    }

    private static KeeperMessage.Forget? ReadForget(ReadOnlySpan<byte> rest)
    {
        List<string> names = [];
        while (!rest.IsEmpty)
        {
            if (!TryReadName(ref rest, out string name))
            {
                return null;
            }

            names.Add(name);
        }

        return names.Count > 0 ? new KeeperMessage.Forget(names) : null;
    }

    private static bool TryReadName(ref ReadOnlySpan<byte> rest, out string name)
    {
        name = "";
        if (!BinaryPrimitives.TryReadUInt16BigEndian(rest, out ushort length)
            || rest.Length - 2 < length
            || !Names.IsName(rest.Slice(2, length)))
        {
            return false;
        }

        name = Names.FromBytes(rest.Slice(2, length));
        rest = rest[(2 + length)..];
        return true;
    }
}
