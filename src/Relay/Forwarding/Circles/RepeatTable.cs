using System.Runtime.InteropServices;

namespace RtpProxy.Relay.Forwarding.Circles;

/// <summary>
/// How often the same packet has come to the same stream lately: the memory that finds circles through other relays (media
/// rules, section 3.8). One for all streams of a worker, four places to a bucket:
/// <code>
/// key 64 bits: stream and packet | level: how often, or how full | since when
/// </code>
/// </summary>
/// <remarks>
/// Owned by one worker. Of a fixed size whatever comes: where a bucket is full of packets of the last second one of them gives
/// way by chance, so a circle of more packets than there are places still loses some with every round. Keys are mixed with a
/// random seed, since a sender chooses what they are made of.
/// </remarks>
internal sealed class RepeatTable
{
    /// <summary>A packet that comes a third time within this is going round.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    /// <summary>Two are no circle: a peer with <c>-2</c> sends two of each.</summary>
    public const int MaxArrivals = 2;

    // What has no number is repeated on purpose: fax indicators three times in a row, STUN until it is answered. A circle
    // repeats it as fast as the network goes.
    private const float MaxLevel = 64;
    private const float LevelsPerSecond = 8;

    private const int Places = 1 << 14; // 24 bytes each
    private const int BucketPlaces = 4;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15; // 2^64 / golden ratio

    private readonly ulong _seed;
    private readonly Place[] _places = new Place[Places]; // at once: the packet path takes no memory

    public RepeatTable(Random random)
    {
        _seed = (ulong)random.NextInt64() | 1;
    }

    /// <summary>Counts a packet of a number; true when it has come too often.</summary>
    /// <param name="wasSeen">It is known to have come before, even if it is not found here.</param>
    public bool CountNumbered(ulong stream, ReadOnlySpan<byte> header, int length, bool wasSeen, Instant now)
    {
        ref Place place = ref Find(KeyOf(stream, header, length), now, out bool isNew);
        if (isNew || now - place.Since > Window)
        {
            place.Since = now;
            place.Level = wasSeen ? 1 : 0;
        }

        place.Level++;
        place.IsDone = place.Level > MaxArrivals;
        return place.IsDone;
    }

    /// <summary>Counts a datagram by what it contains; true when it has come too often.</summary>
    public bool CountContent(ulong stream, ReadOnlySpan<byte> content, ReadOnlySpan<byte> moreContent, Instant now)
    {
        ulong key = KeyOf(stream, content, content.Length + moreContent.Length);
        key = moreContent.IsEmpty ? ~key : ~KeyOf(stream, moreContent, 0, key);
        ref Place place = ref Find(key, now, out bool isNew);
        if (isNew)
        {
            place.Level = 0;
        }
        else
        {
            double seconds = (now - place.Since).TotalSeconds;
            place.Level = Math.Max(0, place.Level - (float)(seconds * LevelsPerSecond));
        }

        place.Since = now;
        place.Level = Math.Min(place.Level + 1, MaxLevel + 1);
        return place.Level > MaxLevel;
    }

    private ref Place Find(ulong key, Instant now, out bool isNew)
    {
        Span<Place> bucket = _places.AsSpan((int)(key % (Places / BucketPlaces)) * BucketPlaces, BucketPlaces);
        int chosen = (int)(key >> 62); // by chance, of packets that are all of the last second
        for (int i = 0; i < bucket.Length; i++)
        {
            if (bucket[i].Key == key)
            {
                isNew = false;
                return ref bucket[i];
            }

            if (now - bucket[i].Since > Window || bucket[i].IsDone)
            {
                chosen = i;
            }
        }

        isNew = true;
        bucket[chosen] = new Place { Key = key };
        return ref bucket[chosen];
    }

    private ulong KeyOf(ulong stream, ReadOnlySpan<byte> bytes, int length, ulong hash = 0)
    {
        hash = Mix(hash ^ stream ^ ((ulong)length << 48));
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            hash = Mix(hash ^ word);
        }

        ulong rest = 0;
        foreach (byte last in bytes[(words.Length * sizeof(ulong))..])
        {
            rest = (rest << 8) | last;
        }

        return Mix(hash ^ rest);
    }

    // The two halves of the product keep what either of them loses.
    private ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value ^ _seed, Multiplier, out ulong low);
        return high ^ low;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Place
    {
        public ulong Key;
        public Instant Since;
        public float Level;
        public bool IsDone; // it was dropped, and so does not come again
    }
}
