import numpy as np
import pytest
import torch_reference


def test_stored_references_are_what_pytorch_computes():
    pytest.importorskip("torch", reason="PyTorch is not installed; the stored values stand for it")
    stored, fresh = torch_reference.stored(), torch_reference.compute()
    assert stored.keys() == fresh.keys()
    for section, cases in fresh.items():
        assert stored[section].keys() == cases.keys()
        for name, case in cases.items():
            kept = stored[section][name]
            parts = [(case, kept)]
            if isinstance(case, dict):
                parts = [(case[part], kept[part]) for part in case]
            for new, old in parts:
                np.testing.assert_allclose(new, old, rtol=1e-11, atol=1e-12, err_msg=name)
