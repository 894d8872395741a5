using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Tests.Interop;

public sealed unsafe class FdHandleTests
{
    [Fact]
    public void What_C_could_not_open_is_invalid_with_its_reason()
    {
        fixed (byte* path = "/dev/null/x\0"u8)
        {
            using FdHandle handle = LibC.open(path, LibC.O_RDONLY, 0);

            handle.IsInvalid.ShouldBeTrue();
            LibC.LastErrno.ShouldBe(Errno.ENOTDIR);
        }

        using FdHandle socket = LibC.socket(-1, 0, 0);
        socket.IsInvalid.ShouldBeTrue();
    }

    [Fact]
    public void A_disposed_handle_has_closed_its_descriptor()
    {
        FdHandle handle = LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
        int number = handle.Number;
        File.Exists($"/proc/self/fd/{number}").ShouldBeTrue();

        handle.Dispose();

        handle.IsClosed.ShouldBeTrue();
    }
}
