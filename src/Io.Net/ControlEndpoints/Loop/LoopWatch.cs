namespace RtpProxy.Io.Net.ControlEndpoints.Loop;

/// <summary>What the control loop watches a socket for: input or output, or nothing.</summary>
/// <remarks>Owned by the control loop. A value only to spare an object: its socket holds the only one.</remarks>
internal struct LoopWatch(ControlLoop loop, ILoopSocket socket)
{
    private int? _tag;
    private bool _isForOutput;

    public readonly bool IsOn => _tag is not null;

    /// <summary>False if the loop cannot watch it.</summary>
    public bool TryWatchFor(bool output)
    {
        if (_tag is null)
        {
            _tag = loop.TryWatch(socket);
            _isForOutput = false;
        }

        if (_tag is not { } tag)
        {
            return false;
        }

        if (_isForOutput != output)
        {
            loop.WatchFor(socket, tag, output);
            _isForOutput = output;
        }

        return true;
    }

    public void End()
    {
        if (_tag is { } tag)
        {
            _tag = null;
            loop.Unwatch(socket, tag);
        }
    }
}
