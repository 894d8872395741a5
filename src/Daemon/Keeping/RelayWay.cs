using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Keeping;

/// <summary>A relay of this keeper's, what is on the way to it, and what it wants held.</summary>
/// <remarks>Owned by the keeper's thread.</remarks>
internal sealed class RelayWay(RelayProcess process) : IDisposable
{
    // What a name takes in a message, and its number of descriptors.
    private const int NameBytes = Keeper.MaxName + 3;
    private const int NamesInMessage = DescriptorChannel.MaxMessage / NameBytes;

    private readonly Queue<(byte[] Message, int[] Descriptors)> _waiting = new();
    private readonly List<(string Name, FdHandle[]? Descriptors)> _own = [];

    public RelayProcess Process { get; } = process;

    /// <summary>Names of what has changed since all was passed on to it.</summary>
    public HashSet<string> Changes { get; } = new(StringComparer.Ordinal);

    /// <summary>Its end of the channel is closed, or it was killed: it is to be waited for until then at the latest.</summary>
    public TimeSpan? EndsBy { get; set; }

    /// <summary>There is more to send than there was room for.</summary>
    public bool IsBehind => _waiting.Count > 0;

    /// <param name="descriptors">Copied by the kernel when the message leaves: open until then.</param>
    public void Send(KeeperMessage message, params int[] descriptors)
    {
        _waiting.Enqueue((KeeperMessageCodec.Write(message), descriptors));
        SendWaiting();
    }

    public void SendWaiting()
    {
        while (_waiting.TryPeek(out (byte[] Message, int[] Descriptors) first)
            && Process.Channel.Send(first.Message, first.Descriptors) != Errno.EAGAIN)
        {
            _waiting.Dequeue(); // or nobody receives any more, which its end will tell
        }
    }

    /// <summary>Passes on what is held, in as few messages as it fits into.</summary>
    public void PassOn(IEnumerable<(string Name, int[] Descriptors)> held)
    {
        List<(string, int)> items = [];
        List<int> descriptors = [];
        foreach ((string name, int[] numbers) in held)
        {
            if (descriptors.Count + numbers.Length > DescriptorChannel.MaxDescriptors || items.Count == NamesInMessage)
            {
                Send(new KeeperMessage.Inherit(items), [.. descriptors]);
                items = [];
                descriptors.Clear();
            }

            items.Add((name, numbers.Length));
            descriptors.AddRange(numbers);
        }

        if (items.Count > 0)
        {
            Send(new KeeperMessage.Inherit(items), [.. descriptors]);
        }
    }

    /// <summary>Tells what it has no more of what was passed on.</summary>
    public void Withdraw(IEnumerable<string> names)
    {
        foreach (string[] some in names.Chunk(NamesInMessage))
        {
            Send(new KeeperMessage.Forget(some));
        }
    }

    /// <summary>It wants these held, or what is under the name dropped, from when it is the one that relays.</summary>
    public void Remember(string name, FdHandle[]? descriptors) => _own.Add((name, descriptors));

    /// <summary>It relays now: what it wanted is done.</summary>
    public void Settle(HeldDescriptors held)
    {
        foreach ((string name, FdHandle[]? descriptors) in _own)
        {
            if (descriptors is null)
            {
                held.Drop(name);
            }
            else
            {
                held.Hold(name, descriptors);
            }
        }

        _own.Clear();
    }

    public void Dispose()
    {
        foreach ((_, FdHandle[]? descriptors) in _own)
        {
            Array.ForEach(descriptors ?? [], descriptor => descriptor.Dispose());
        }

        _own.Clear();
        Process.Dispose();
    }
}
