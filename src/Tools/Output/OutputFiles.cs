using System.Runtime.InteropServices;

namespace RtpProxy.Tools.Output;

/// <summary>
/// The files of a run, which are not complete until all are. A signal that ends the program removes them first, whatever the
/// program is waiting for, and the exit status is the shell's for that signal.
/// </summary>
internal sealed class OutputFiles : IDisposable
{
    private const int SignalStatus = 128;

    private readonly Lock _lock = new();
    private readonly List<OutputFile> _files = [];
    private readonly PosixSignalRegistration[] _registrations;

    public OutputFiles()
    {
        _registrations =
        [
            On(PosixSignal.SIGHUP, 1),
            On(PosixSignal.SIGINT, 2),
            On(PosixSignal.SIGTERM, 15),
        ];
    }

    /// <summary>Begins a file.</summary>
    /// <param name="path">The name it will have.</param>
    /// <param name="mode">For a new file, before the umask.</param>
    /// <param name="open">Opens the path that it is given, and truncates what is there.</param>
    /// <param name="isDirect">The file has to be written under its own name.</param>
    public T Open<T>(string path, UnixFileMode mode, Func<string, T> open, bool isDirect = false)
    {
        OutputFile file;
        lock (_lock)
        {
            file = OutputFile.Create(path, mode, isDirect);
            _files.Add(file);
            if (file.IsTemporary)
            {
                return Open(file, open); // or a signal could remove it in between, and opening make it again
            }
        }

        // Not under the lock: a pipe is opened when somebody reads it, and a signal may come before.
        return Open(file, open);
    }

    /// <summary>All files are complete and take their names.</summary>
    public void KeepAll()
    {
        lock (_lock)
        {
            _files.ForEach(file => file.Keep());
        }
    }

    /// <summary>What has not been kept goes.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _files.ForEach(file => file.Remove());
        }

        Array.ForEach(_registrations, registration => registration.Dispose());
    }

    private static T Open<T>(OutputFile file, Func<string, T> open)
    {
        T opened = open(file.WrittenPath);
        file.IsOpen = true;
        return opened;
    }

    private PosixSignalRegistration On(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        lock (_lock) // held to the end: nothing new is begun, and nothing half takes its name
        {
            _files.ForEach(file => file.Remove());
            Environment.Exit(SignalStatus + number);
        }
    });
}
