using System.Text.Json;
using RtpProxy.Admin;
using RtpProxy.Watch.Nodes;
using RtpProxy.Watch.Views;

namespace RtpProxy.Watch.Live;

/// <summary>Hands what happens to calls to all clients that wait for it. Thread-safe.</summary>
internal sealed class EventHub
{
    /// <summary>Clients at once; each is a page that somebody has open, or a program.</summary>
    public const int MaxClients = 250;

    private readonly Lock _gate = new();
    private EventClient[] _clients = [];
    private long _lost;

    /// <summary>Events that did not reach clients because they were too slow.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <returns>False if there are too many.</returns>
    public bool TryAdd(EventClient client)
    {
        lock (_gate)
        {
            if (_clients.Length >= MaxClients)
            {
                return false;
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
        byte[]? json = null;
        foreach (EventClient client in Volatile.Read(ref _clients))
        {
            if (client.Wants(notice.Kind))
            {
                json ??= JsonSerializer.SerializeToUtf8Bytes(new NodeEvent(node.Name, notice), ViewJson.Default.NodeEvent);
                if (!client.TryEnqueue(json))
                {
                    Interlocked.Increment(ref _lost);
                }
            }
        }
    }
}
