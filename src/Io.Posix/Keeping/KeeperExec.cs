using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>How a keeper becomes another version of itself: execve(2) keeps the pid, the children, and descriptors that are let through.</summary>
internal static unsafe class KeeperExec
{
    /// <summary>Does not return where it works.</summary>
    /// <returns>Why it did not; everything is as it was.</returns>
    public static string Run(string program, KeeperState state)
    {
        if (state.Save() is not { } saved)
        {
            return $"memfd_create: {LibC.Describe(LibC.LastErrno)}";
        }

        using FdHandle file = saved.File;
        LetThrough(state, flags: 0);
        List<byte[]> environment = OwnProgram.EnvironmentWith(
            KeeperState.Variable, saved.Value, without: [HandOver.Variable, KeeperLink.Variable]);
        using NativeStrings strings = new();
        _ = LibC.execve(
            strings.Add(program), strings.AddVector(OwnProgram.Arguments()), strings.AddVector(environment));
        Errno errno = LibC.LastErrno;
        LetThrough(state, LibC.FD_CLOEXEC);
        return $"{program}: {LibC.Describe(errno)}";
    }

    /// <summary>The same program from its start, as this process was started. Does not return where it works.</summary>
    /// <returns>Why it did not.</returns>
    public static string Again(string program)
    {
        using NativeStrings strings = new();
        _ = LibC.execve(
            strings.Add(program), strings.AddVector(OwnProgram.Arguments()), strings.AddVector(OwnProgram.Variables()));
        return $"{program}: {LibC.Describe(LibC.LastErrno)}";
    }

    private static void LetThrough(KeeperState state, int flags)
    {
        _ = LibC.fcntl(state.Channel, LibC.F_SETFD, flags);
        foreach ((_, int[] descriptors) in state.Held)
        {
            Array.ForEach(descriptors, descriptor => _ = LibC.fcntl(descriptor, LibC.F_SETFD, flags));
        }
    }
}
