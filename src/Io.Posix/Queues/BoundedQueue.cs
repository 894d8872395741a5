using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace RtpProxy.Io.Posix.Queues;

/// <summary>
/// A ring between threads: any number of writers and readers, no locks, no allocation after construction. Every place
/// has a turn number: a writer may fill place i in turn i, which makes it i + 1; a reader may empty it then, which makes it
/// i + capacity, the turn of the next writer (D. Vyukov's bounded MPMC queue).
/// </summary>
internal sealed class BoundedQueue<T>
    where T : class
{
    private readonly Place[] _places;
    private readonly int _mask;
    private PaddedCounter _written;
    private PaddedCounter _read;

    /// <param name="capacity">At least 2; rounded up to a power of two.</param>
    public BoundedQueue(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        _places = new Place[BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _mask = _places.Length - 1;
        for (int i = 0; i < _places.Length; i++)
        {
            _places[i].Turn = i;
        }
    }

    public int Capacity => _places.Length;

    /// <summary>True if the reader would find nothing; exact only when no writer is active.</summary>
    public bool IsEmpty
    {
        get
        {
            long position = Volatile.Read(ref _read.Value);
            return Volatile.Read(ref _places[position & _mask].Turn) - (position + 1) < 0;
        }
    }

    /// <summary>Items in it, those that are just being put in or taken out included: a hint while others are active.</summary>
    public int Count => (int)Math.Clamp(Volatile.Read(ref _written.Value) - Volatile.Read(ref _read.Value), 0, Capacity);

    /// <summary>False when the queue is full.</summary>
    public bool TryEnqueue(T item)
    {
        while (true)
        {
            long position = Volatile.Read(ref _written.Value);
            ref Place place = ref _places[position & _mask];
            long ahead = Volatile.Read(ref place.Turn) - position;
            if (ahead < 0)
            {
                return false;
            }

            if (ahead == 0 && Interlocked.CompareExchange(ref _written.Value, position + 1, position) == position)
            {
                place.Item = item;
                Volatile.Write(ref place.Turn, position + 1);
                return true;
            }
        }
    }

    public bool TryDequeue([NotNullWhen(true)] out T? item)
    {
        while (true)
        {
            long position = Volatile.Read(ref _read.Value);
            ref Place place = ref _places[position & _mask];
            long ahead = Volatile.Read(ref place.Turn) - (position + 1);
            if (ahead < 0)
            {
                item = null;
                return false;
            }

            if (ahead == 0 && Interlocked.CompareExchange(ref _read.Value, position + 1, position) == position)
            {
                item = place.Item!;
                place.Item = null;
                Volatile.Write(ref place.Turn, position + _places.Length);
                return true;
            }
        }
    }

    private struct Place
    {
        public long Turn;
        public T? Item;
    }
}
