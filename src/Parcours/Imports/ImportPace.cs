namespace Parcours.Imports;

/// <summary>How quickly an import goes, since what it does at present began.</summary>
/// <param name="RowsPerSecond">0: nobody knows yet.</param>
/// <param name="SecondsLeft">Null: nobody knows yet.</param>
readonly record struct ImportSpeed(double RowsPerSecond, double? SecondsLeft);

/// <summary>Measures it: told now and then how far the import is, by one thread.</summary>
sealed class ImportPace(TimeProvider time)
{
    const double SurelyAfter = 1;
    ImportStatus? _status;
    long _began, _rows;
    double _share;

    /// <param name="share">0 to 1: of what it is doing now.</param>
    public ImportSpeed At(ImportStatus status, double share, long rows)
    {
        if (_status != status)
            (_status, _rows, _share, _began) = (status, rows, share, time.GetTimestamp());
        var seconds = Math.Max(time.GetElapsedTime(_began).TotalSeconds, 0.001);
        return new((rows - _rows) / seconds, share > _share && seconds > SurelyAfter ? (1 - share) / ((share - _share) / seconds) : null);
    }
}
