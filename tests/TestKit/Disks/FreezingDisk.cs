using System.Diagnostics;

namespace RtpProxy.TestKit.Disks;

/// <summary>A file system on a loop device that can be made to hang: who writes to it then waits. Needs root.</summary>
public sealed class FreezingDisk : IDisposable
{
    private const long Bytes = 64 << 20;

    private readonly string _image;
    private bool _isFrozen;

    private FreezingDisk(string path, string image)
    {
        Path = path;
        _image = image;
    }

    public string Path { get; }

    /// <summary>Null where there are no loop devices, or not the right to use them.</summary>
    public static FreezingDisk? TryMount()
    {
        string path = Directory.CreateTempSubdirectory("rtpp-disk-").FullName;
        string image = path + ".img";
        using (FileStream file = System.IO.File.Create(image))
        {
            file.SetLength(Bytes);
        }

        FreezingDisk disk = new(path, image);
        if (Run("mkfs.ext4", "-q", image) && Run("mount", "-o", "loop", image, path))
        {
            return disk;
        }

        disk.Remove();
        return null;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Freeze()
    {
        Run("fsfreeze", "--freeze", Path).ShouldBeTrue();
        _isFrozen = true;
    }

    public void Thaw()
    {
        _isFrozen = false;
        Run("fsfreeze", "--unfreeze", Path).ShouldBeTrue();
    }

    public void Dispose()
    {
        if (_isFrozen)
        {
            Thaw();
        }

        Run("umount", "--lazy", Path);
        Remove();
    }

    private void Remove()
    {
        Directory.Delete(Path);
        System.IO.File.Delete(_image);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // not installed
        }
    }
}
