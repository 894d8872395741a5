using System.Globalization;
using System.Runtime.InteropServices;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Tests.Files;

/// <summary>A device that tells whether it has been opened: a pseudoterminal (pty(7)) hangs up when the last who opened it is gone.</summary>
internal sealed unsafe partial class UnopenedTerminal : IDisposable
{
    private const uint SetLock = 0x40045431; // TIOCSPTLCK
    private const uint GetNumber = 0x80045430; // TIOCGPTN
    private const short HungUp = 0x10; // POLLHUP

    private readonly FdHandle _master;

    public UnopenedTerminal()
    {
        fixed (byte* name = "/dev/ptmx\0"u8)
        {
            _master = LibC.open(name, LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_CLOEXEC, 0);
        }

        int value = 0;
        ioctl(_master.Number, SetLock, &value).ShouldBe(0);
        ioctl(_master.Number, GetNumber, &value).ShouldBe(0);
        Path = string.Create(CultureInfo.InvariantCulture, $"/dev/pts/{value}");
    }

    public string Path { get; }

    public bool WasOpened
    {
        get
        {
            PollEntry entry = new() { Descriptor = _master.Number };
            _ = poll(&entry, 1, 0);
            return (entry.Returned & HungUp) != 0;
        }
    }

    public void Dispose() => _master.Dispose();

#pragma warning disable IDE1006 // In C's own names.
    [LibraryImport("libc")]
    private static partial int ioctl(int descriptor, nuint request, int* value);

    [LibraryImport("libc")]
    private static partial int poll(PollEntry* entries, nuint count, int timeout);
#pragma warning restore IDE1006

    private struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Returned;
    }
}
