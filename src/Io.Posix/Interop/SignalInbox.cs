using System.ComponentModel;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>
/// Signals that are read instead of delivered: signalfd(2). For those that are kept from every thread
/// (<see cref="Processes.SignalDisposition"/>); they wait in the kernel until they are taken, each at most once.
/// </summary>
/// <remarks>Owned by one thread.</remarks>
internal sealed unsafe class SignalInbox : IDisposable
{
    private readonly FdHandle _file;

    /// <exception cref="Win32Exception">The process may open no more descriptors.</exception>
    public SignalInbox(params ReadOnlySpan<int> signals)
    {
        ulong* set = stackalloc ulong[SignalSet.Words];
        SignalSet.Write(set, signals);
        _file = LibC.signalfd(-1, set, LibC.SFD_CLOEXEC | LibC.SFD_NONBLOCK);
        if (_file.IsInvalid)
        {
            throw new Win32Exception((int)LibC.LastErrno);
        }
    }

    /// <summary>Readable while a signal waits.</summary>
    public int Descriptor => _file.Number;

    public bool TryTake(out int signal)
    {
        byte* info = stackalloc byte[LibC.SignalfdSiginfoBytes];
        nint count = LibC.read(_file.Number, info, LibC.SignalfdSiginfoBytes);
        signal = count == LibC.SignalfdSiginfoBytes ? *(int*)info : 0;
        return signal != 0;
    }

    public void Dispose() => _file.Dispose();
}
