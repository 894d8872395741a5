using System.Diagnostics.CodeAnalysis;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>
/// The parties of one worker whose re-framed audio waits, in the order in which it is due: a heap in which each party has
/// one place. All deadlines lie on one grid of a millisecond, so that any number of parties wakes the worker at most a
/// thousand times a second.
/// </summary>
/// <remarks>Owned by one worker; nothing is allocated once the heap has grown.</remarks>
internal sealed class ResizerSchedule
{
    private const long GridNanoseconds = 1_000_000;

    private Leg[] _heap = new Leg[16];
    private int _count;

    /// <summary>When <see cref="TryTakeDue"/> will have something; null when nothing waits.</summary>
    public Instant? NextDue => _count > 0 ? _heap[0].ResizerDue : null;

    /// <summary>
    /// The party wants to be taken at that time. One that is to be taken earlier keeps its place: it is looked at then and
    /// set again, which costs less than to move it with every packet.
    /// </summary>
    public void Set(Leg party, Instant due)
    {
        var onGrid = new Instant((due.Nanoseconds + GridNanoseconds - 1) / GridNanoseconds * GridNanoseconds);
        if (party.ResizerPlace < 0)
        {
            if (_count == _heap.Length)
            {
                Array.Resize(ref _heap, _count * 2);
            }

            party.ResizerDue = onGrid;
            Rise(party, _count++);
        }
        else if (onGrid < party.ResizerDue)
        {
            party.ResizerDue = onGrid;
            Rise(party, party.ResizerPlace);
        }
    }

    /// <summary>Takes out a party that wanted to be taken by now.</summary>
    public bool TryTakeDue(Instant now, [NotNullWhen(true)] out Leg? party)
    {
        party = _count > 0 && _heap[0].ResizerDue <= now ? _heap[0] : null;
        if (party is null)
        {
            return false;
        }

        Remove(party);
        return true;
    }

    public void Remove(Leg party)
    {
        int place = party.ResizerPlace;
        if (place < 0)
        {
            return;
        }

        party.ResizerPlace = -1;
        Leg last = _heap[--_count];
        _heap[_count] = null!;
        if (place < _count)
        {
            Rise(last, place);
            Sink(last, last.ResizerPlace);
        }
    }

    private void Rise(Leg party, int place)
    {
        while (place > 0 && party.ResizerDue < _heap[(place - 1) / 2].ResizerDue)
        {
            Put(_heap[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }

        Put(party, place);
    }

    private void Sink(Leg party, int place)
    {
        while (true)
        {
            int child = (2 * place) + 1;
            if (child + 1 < _count && _heap[child + 1].ResizerDue < _heap[child].ResizerDue)
            {
                child++;
            }

            if (child >= _count || party.ResizerDue <= _heap[child].ResizerDue)
            {
                break;
            }

            Put(_heap[child], place);
            place = child;
        }

        Put(party, place);
    }

    private void Put(Leg party, int place)
    {
        _heap[place] = party;
        party.ResizerPlace = place;
    }
}
