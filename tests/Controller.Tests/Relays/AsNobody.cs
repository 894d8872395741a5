using System.Runtime.InteropServices;

namespace RtpProxy.Controller.Tests.Relays;

/// <summary>Makes the calling thread, and no other, one of a user who may do nothing.</summary>
internal static class AsNobody
{
    private const long SetResUid = 117; // setresuid(2) on x86-64; the system call itself is of one thread.
    private const long Nobody = 65534;

    public static bool Become() =>
        RuntimeInformation.ProcessArchitecture == Architecture.X64 && syscall(SetResUid, Nobody, Nobody, Nobody) == 0;

    [DllImport("libc")]
    private static extern long syscall(long number, long real, long effective, long saved);
}
