using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Daemon.Keeping;

/// <summary>What relays say.</summary>
internal sealed partial class KeeperLoop
{
    private void TakeMessages(int relay)
    {
        for (int i = 0; i < MessagesInTurn && _relays.TryGetValue(relay, out RelayWay? way); i++)
        {
            Errno errno = way.Process.Channel.Receive(_buffer, _arrived, mayWait: false, out int length, out bool isShort);
            if (errno == Errno.EAGAIN)
            {
                return;
            }

            if (errno != Errno.None)
            {
                _epoll.Remove(way.Process.Channel.Descriptor);
                way.Process.Kill();
                way.EndsBy = Now + ReapPatience;
                return;
            }

            Take(relay, way, RelayMessageCodec.Read(_buffer.AsSpan(0, length)), isShort);
            _arrived.ForEach(left => left.Dispose());
            _arrived.Clear();
        }
    }

    private void Take(int relay, RelayWay way, RelayMessage? message, bool isShort)
    {
        switch (message)
        {
            case null:
                break; // of another version, or made up
            case RelayMessage.Hold hold when isShort:
                TellShort();
                Change(relay, way, hold.Name, descriptors: null);
                break;
            case RelayMessage.Hold hold when _arrived.Count is > 0 and <= Keeper.MaxDescriptors:
                FdHandle[] descriptors = [.. _arrived];
                _arrived.Clear();
                Change(relay, way, hold.Name, descriptors);
                break;
            case RelayMessage.Hold:
                break;
            case RelayMessage.Drop drop:
                Change(relay, way, drop.Name, descriptors: null);
                break;
            default:
                _succession.OnMessage(relay, message, Now);
                Settle();
                if (message is RelayMessage.Running && relay == _owner)
                {
                    Remember(way);
                }

                break;
        }
    }

    // Of the one that relays it is done; of one that is to come it waits until it relays; of one that leaves it is without meaning.
    private void Change(int relay, RelayWay way, string name, FdHandle[]? descriptors)
    {
        if (relay > _owner)
        {
            way.Remember(name, descriptors);
        }
        else if (relay < _owner)
        {
            Array.ForEach(descriptors ?? [], descriptor => descriptor.Dispose());
        }
        else
        {
            if (descriptors is null)
            {
                _held.Drop(name);
            }
            else
            {
                _held.Hold(name, descriptors);
            }

            foreach ((int other, RelayWay next) in _relays)
            {
                if (other > relay)
                {
                    next.Changes.Add(name);
                }
            }
        }
    }

    private void Settle()
    {
        if (_succession.Current is { } current && current != _owner)
        {
            _owner = current;
            if (_relays.TryGetValue(current, out RelayWay? way))
            {
                way.Settle(_held);
            }
        }
    }

    private void TellShort()
    {
        if (!_isShortTold)
        {
            _isShortTold = true;
            Log.NoMoreDescriptors(_logger);
        }
    }
}
