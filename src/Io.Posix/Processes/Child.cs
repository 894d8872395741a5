using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>A process that this one has started, to be waited for and ended.</summary>
/// <remarks>Owned by one thread at a time.</remarks>
internal sealed class Child(int id)
{
    private int? _status;

    public int Id => id;

    /// <summary>The exit status of a child that has ended, 128 + N if signal N ended it; null while it runs. 1 for one that is no child of ours.</summary>
    public unsafe int? TryReap()
    {
        int status;
        if (_status is null && LibC.waitpid(id, &status, LibC.WNOHANG) is var reaped && reaped != 0)
        {
            const int SignalMask = 0x7F; // wait(2)
            int signal = status & SignalMask;
            _status = reaped < 0 ? 1 : signal == 0 ? (status >> 8) & 0xFF : 128 + signal;
        }

        return _status;
    }

    /// <summary>Ends it at once, if it has not been reaped.</summary>
    public void Kill()
    {
        if (_status is null)
        {
            _ = LibC.kill(id, LibC.SIGKILL);
        }
    }
}
