using System.Text;
using System.Text.Json;
using RtpProxy.Admin;
using RtpProxy.Watch.Nodes;
using RtpProxy.Watch.Views;

namespace RtpProxy.Watch.Live;

/// <summary>
/// Hands what happens to calls to all clients that wait for it, and keeps the newest for who comes back. Events are numbered in
/// order, beginning with the time of the start in milliseconds: numbers grow over a restart. Thread-safe.
/// </summary>
internal sealed class EventHub(TimeProvider time)
{
    /// <summary>Clients at once; each is a page that somebody has open, or a program.</summary>
    public const int MaxClients = 250;

    private const int MaxKept = 100;

    private readonly Lock _gate = new();
    private readonly Queue<Kept> _kept = new(MaxKept);
    private EventClient[] _clients = [];
    private long _newest = time.GetUtcNow().ToUnixTimeMilliseconds();
    private long _lost;

    /// <summary>Events that did not reach clients because they were too slow.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <param name="client">Gets what it wants of what is still kept after <paramref name="after"/>, then what happens.</param>
    /// <param name="after">Number of the last event that it has; null if what was before does not matter.</param>
    /// <param name="from">Number of the event after which it is told everything.</param>
    /// <returns>False if there are too many.</returns>
    public bool TryAdd(EventClient client, long? after, out long from)
    {
        lock (_gate)
        {
            from = after < _newest ? after.Value : _newest;
            if (_clients.Length >= MaxClients)
            {
                return false;
            }

            foreach (Kept kept in _kept)
            {
                if (kept.Number > from && client.Wants(kept.Notice.Kind))
                {
                    client.TryEnqueue(kept.Text());
                }
            }

            _clients = [.. _clients, client];
            return true;
        }
    }

    public void Remove(EventClient client)
    {
        lock (_gate)
        {
            _clients = [.. _clients.Where(other => other != client)];
        }
    }

    public void Publish(Node node, EventNotice notice)
    {
        lock (_gate)
        {
            Kept kept = new(++_newest, node.Name, notice);
            if (_kept.Count == MaxKept)
            {
                _kept.Dequeue();
            }

            _kept.Enqueue(kept);
            byte[]? text = null;
            foreach (EventClient client in _clients)
            {
                if (client.Wants(notice.Kind) && !client.TryEnqueue(text ??= kept.Text()))
                {
                    Interlocked.Increment(ref _lost);
                }
            }
        }
    }

    private sealed record Kept(long Number, string Node, EventNotice Notice)
    {
        /// <summary>As a server-sent event.</summary>
        public byte[] Text() =>
        [
            .. Encoding.ASCII.GetBytes($"id: {Number}\nevent: call\ndata: "),
            .. JsonSerializer.SerializeToUtf8Bytes(new NodeEvent(Node, Notice), ViewJson.Default.NodeEvent),
            .. "\n\n"u8,
        ];
    }
}
