using System.Diagnostics;

namespace RtpProxy.TestKit.Disks;

/// <summary>A file system in memory of a few pages, mounted in a directory of its own; needs root.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Bytes that are free.</summary>
    public long Free => new DriveInfo(Path).AvailableFreeSpace;

    /// <summary>Mounts one of <paramref name="bytes"/>, in whole pages of 4,096.</summary>
    public static SmallDisk Mount(int bytes)
    {
        string path = Directory.CreateTempSubdirectory("rtpp-disk-").FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={bytes},mode=0700", "rtpproxy-test", path);
        return new SmallDisk(path);
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Takes all space that is left.</summary>
    public void Fill()
    {
        using FileStream file = System.IO.File.Create(File("ballast"));
        byte[] page = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(page);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        Directory.Delete(Path);
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{program}: {errors}");
    }
}
