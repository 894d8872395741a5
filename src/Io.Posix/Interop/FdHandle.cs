using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>A file descriptor that is closed exactly once.</summary>
internal sealed class FdHandle : SafeHandle
{
    public FdHandle()
        : base(invalidHandleValue: -1, ownsHandle: true)
    {
    }

    /// <summary>Takes over a descriptor that was made or inherited elsewhere.</summary>
    public static FdHandle Own(int descriptor)
    {
        FdHandle handle = new();
        handle.SetHandle(descriptor);
        return handle;
    }

    /// <remarks>C returns an int: whatever stands in the upper half of the register means nothing.</remarks>
    public override bool IsInvalid => (int)handle < 0;

    /// <summary>The number itself, for calls on the packet path; valid as long as the owner does not dispose the handle.</summary>
    public int Number => (int)handle;

    protected override bool ReleaseHandle() => LibC.close((int)handle) == 0;
}
