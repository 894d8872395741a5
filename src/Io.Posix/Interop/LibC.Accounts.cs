using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>getpwnam(3), getgrnam(3) and the calls that change who a process is.</summary>
/// <remarks>glibc's setuid, setgid and setgroups change all threads of the process, which the system calls do not.</remarks>
internal static unsafe partial class LibC
{
    [LibraryImport(Library)]
    public static partial int getpwnam_r(byte* name, passwd* pwd, byte* buf, nuint buflen, passwd** result);

    [LibraryImport(Library)]
    public static partial int getgrnam_r(byte* name, group* grp, byte* buf, nuint buflen, group** result);

    [LibraryImport(Library)]
    public static partial uint getuid();

    [LibraryImport(Library)]
    public static partial uint geteuid();

    [LibraryImport(Library, SetLastError = true)]
    public static partial int initgroups(byte* user, uint group);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setgroups(nuint size, uint* list);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setgid(uint gid);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setuid(uint uid);

    [LibraryImport(Library)]
    public static partial int getresuid(uint* ruid, uint* euid, uint* suid);

    [LibraryImport(Library)]
    public static partial int getresgid(uint* rgid, uint* egid, uint* sgid);

    [StructLayout(LayoutKind.Sequential)]
    public struct passwd
    {
        public byte* pw_name;
        public byte* pw_passwd;
        public uint pw_uid;
        public uint pw_gid;
        public byte* pw_gecos;
        public byte* pw_dir;
        public byte* pw_shell;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct group
    {
        public byte* gr_name;
        public byte* gr_passwd;
        public uint gr_gid;
        public byte** gr_mem;
    }
}
