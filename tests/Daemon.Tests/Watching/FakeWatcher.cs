using System.Diagnostics;
using RtpProxy.Daemon.Watching;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Watching;

/// <summary>A shell script in the place of <c>rtpproxywatch</c>.</summary>
internal static class FakeWatcher
{
    /// <summary>A script that asks something, and so is known to serve, and lives until its connection ends.</summary>
    public const string UntilTheEnd = "echo '{\"ask\":\"hello\"}' >&3; exec cat <&3 >/dev/null";

    /// <param name="script">Lines of sh(1); the connection is descriptor 3.</param>
    /// <returns>The full path of the executable, alone in its directory.</returns>
    public static string Make(WorkingDirectory directory, string script)
    {
        string text = directory.File("script");
        string place = Directory.CreateDirectory(directory.File("bin")).FullName;
        string program = Path.Combine(place, WatcherProgram.Name);
        File.WriteAllText(text, $"#!/bin/sh\n{script}\n");

        // Not written by this process, a copy of which that another test starts could still have it open: "text file busy".
        using Process copy = Process.Start("/usr/bin/install", ["-m", "755", text, program]);
        copy.WaitForExit();
        return program;
    }
}
