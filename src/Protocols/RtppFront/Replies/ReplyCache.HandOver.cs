using System.Buffers.Binary;

namespace RtpProxy.Protocols.RtppFront.Replies;

/// <content>
/// Another process goes on with it: bytes, for each reply, the oldest first
/// <code>
/// when it was stored, 8 bytes | length of the cookie, 4 | length of the reply, 4 | cookie | reply       little endian
/// </code>
/// </content>
public sealed partial class ReplyCache
{
    private const int HeadBytes = sizeof(long) + (2 * sizeof(int));

    /// <summary>The replies that have been given, the newest of them if not all fit; commands under way are none.</summary>
    public byte[] Save(int maxBytes)
    {
        lock (_lock)
        {
            int length = 0;
            LinkedListNode<Entry>? first = null;
            for (LinkedListNode<Entry>? node = _oldestFirst.Last; node is not null; node = node.Previous)
            {
                int size = node.Value.IsAnswered ? HeadBytes + node.Value.Size : 0;
                if (length + size > maxBytes)
                {
                    break;
                }

                length += size;
                first = node;
            }

            byte[] bytes = new byte[length];
            Span<byte> left = bytes;
            for (LinkedListNode<Entry>? node = first; node is not null; node = node.Next)
            {
                if (node.Value.IsAnswered)
                {
                    left = left[Write(node.Value, left)..];
                }
            }

            return bytes;
        }
    }

    /// <summary>Goes on with what another process has saved, on the same clock. What cannot be is passed over, with all that follows it.</summary>
    public void Load(ReadOnlySpan<byte> saved)
    {
        lock (_lock)
        {
            while (saved.Length >= HeadBytes)
            {
                long storedAt = BinaryPrimitives.ReadInt64LittleEndian(saved);
                int cookie = BinaryPrimitives.ReadInt32LittleEndian(saved[sizeof(long)..]);
                int reply = BinaryPrimitives.ReadInt32LittleEndian(saved[(sizeof(long) + sizeof(int))..]);
                saved = saved[HeadBytes..];
                if (cookie < 1 || reply < 0 || (long)cookie + reply > saved.Length)
                {
                    return;
                }

                byte[] key = saved[..cookie].ToArray();
                if (!_entries.ContainsKey(key) && (long)cookie + reply <= _maxBytes)
                {
                    Add(new Entry(key, saved.Slice(cookie, reply).ToArray(), IsAnswered: true, storedAt));
                }

                saved = saved[(cookie + reply)..];
            }
        }
    }

    private static int Write(Entry entry, Span<byte> room)
    {
        BinaryPrimitives.WriteInt64LittleEndian(room, entry.StoredAt);
        BinaryPrimitives.WriteInt32LittleEndian(room[sizeof(long)..], entry.Cookie.Length);
        BinaryPrimitives.WriteInt32LittleEndian(room[(sizeof(long) + sizeof(int))..], entry.Reply.Length);
        entry.Cookie.CopyTo(room[HeadBytes..]);
        entry.Reply.CopyTo(room[(HeadBytes + entry.Cookie.Length)..]);
        return HeadBytes + entry.Size;
    }
}
